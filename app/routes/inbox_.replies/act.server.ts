import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { REPLY_SCOPES } from "~/modules/desk";
import { countReplyUse, createReply, deleteReply, updateReply } from "~/modules/desk/index.server";
import { invalid } from "~/platform/errors";

const words = { shortcut: z.string().max(200), title: z.string().max(1_000), text: z.string().max(20_000) };

const body = z.discriminatedUnion("intent", [
  z.strictObject({
    intent: z.literal("create"),
    org: z.uuid(),
    scope: z.enum(REPLY_SCOPES),
    areaId: z.uuid().nullable(),
    ...words,
  }),
  z.strictObject({ intent: z.literal("update"), org: z.uuid(), reply: z.uuid(), ...words }),
  z.strictObject({ intent: z.literal("delete"), org: z.uuid(), reply: z.uuid() }),
  z.strictObject({ intent: z.literal("use"), org: z.uuid(), reply: z.uuid() }),
]);

/** Keeps a reply, changes or forgets one, or notes that it was put into an answer. @throws AppError */
export async function act(actor: AccountActor, told: unknown): Promise<unknown> {
  const asked = body.safeParse(told);
  if (!asked.success) throw invalid("invalid_request");
  const { org: orgId } = asked.data;
  switch (asked.data.intent) {
    case "create":
      return createReply(actor, orgId, asked.data);
    case "update":
      return updateReply(actor, orgId, asked.data.reply, asked.data);
    case "delete":
      return deleteReply(actor, orgId, asked.data.reply);
    case "use":
      await countReplyUse(actor, orgId, asked.data.reply);
      return { counted: true };
  }
}
