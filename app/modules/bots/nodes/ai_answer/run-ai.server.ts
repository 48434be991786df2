import { askModel } from "../../ai/ask-model.server";
import type { Json } from "../../wording/json";
import type { Looked } from "../questioning";
import type { CallScope } from "../runners.server";

/** The runner of AI nodes. */
export const runAi = (input: Json, { orgId }: CallScope): Promise<Json> => askModel({ orgId, ...(input as Looked) });
