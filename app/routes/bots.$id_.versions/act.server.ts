import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { publishFlow, rollBack } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

const body = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("publish"), revision: z.int().min(1), name: z.string().max(300) }),
  z.strictObject({ intent: z.literal("rollback"), version: z.string().max(100) }),
]);

/** Publishes or goes back. @throws AppError as `publishFlow` and `rollBack` do */
export async function act(actor: AccountActor, orgId: string, flowId: string, told: unknown): Promise<unknown> {
  const asked = body.safeParse(told);
  if (!asked.success) throw invalid("invalid_request");
  if (asked.data.intent === "publish") return publishFlow(actor, orgId, flowId, asked.data);
  return rollBack(actor, orgId, flowId, asked.data.version);
}
