import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { copyFlow, saveDraft } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

const body = z.union([
  z.strictObject({ revision: z.int().min(1), draft: z.unknown() }),
  z.strictObject({ intent: z.literal("copy"), name: z.string().max(300), draft: z.unknown() }),
]);

/** Saves a draft by its revision, or keeps it as a copy. @throws AppError as `saveDraft` and `copyFlow` do */
export async function act(actor: AccountActor, orgId: string, flowId: string, told: unknown): Promise<unknown> {
  const asked = body.safeParse(told);
  if (!asked.success) throw invalid("invalid_request");
  if ("intent" in asked.data) return { id: await copyFlow(actor, orgId, flowId, asked.data) };
  return saveDraft(actor, orgId, flowId, asked.data);
}
