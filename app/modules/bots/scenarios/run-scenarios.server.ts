import type { Actor } from "~/modules/accounts";
import { transact } from "~/platform/transact.server";
import { compileDraft } from "../compile/compile-draft.server";
import { findFlow } from "../editing/find-flow.server";
import { strictDraft } from "../editing/publish-draft.server";
import type { ScenarioResult } from "./scenario";
import { tryScenarios } from "./scenarios-of.server";

/**
 * Plays every scenario of a flow on its draft, as publishing would.
 * @throws AppError `not_found`, `forbidden`; 422 `flow_has_problems` while the draft is incomplete
 */
export const runScenarios = (actor: Actor, orgId: string, flowId: string): Promise<ScenarioResult[]> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    return tryScenarios(ctx, row, await compileDraft(ctx, row, strictDraft(row.draft)));
  });
