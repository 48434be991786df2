import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { readForm } from "~/modules/accounts/index.server";
import { retryDeadLetter } from "~/modules/messaging/index.server";

const retry = z.object({ letter: z.string().regex(/^(?:\d{1,18}|[0-9a-f-]{36})$/, "invalid") });

/** Tries once more what a form names. @throws AppError */
export const act = (actor: AccountActor, orgId: string, form: FormData): Promise<void> =>
  retryDeadLetter(actor, orgId, readForm(retry, form).letter);
