import { and, eq, lt } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireReplyTarget } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { storable } from "../desk/send-message.server";
import { draftChanged } from "../events";
import { accessConversation } from "../reading/conversation-access.server";
import { type Draft, toDraft } from "./read-drafts.server";

export type DraftInput = {
  /** At most 16,000 characters; an empty one takes the draft away. */
  text: string;
  replyTo?: string | null;
  /** When it was written, by the writer's clock; now when absent. What lies ahead of ours counts as now. */
  updatedAt?: Date;
};

/**
 * Keeps what an account is writing in a conversation. Of several devices the last writer wins, however late the others'
 * words arrive: an older draft changes nothing, and what was taken away leaves its time for a day.
 * @returns the draft as it is then
 * @throws AppError 404 without sight of the conversation or of what is answered, and to guests; `text_too_long`
 */
export async function saveDraft(actor: Actor, conversationId: string, input: DraftInput): Promise<Draft> {
  if (actor.kind !== "account") throw notFound("conversation");
  const { accountId } = actor;
  const given = storable(input.text);
  const text = given.trim() === "" ? "" : given;
  const { scope, ...reading } = await accessConversation(actor, conversationId, inScope, "messages:write");
  return transact(actor, scope, async (ctx) => {
    if (input.replyTo) await requireReplyTarget(ctx, conversationId, input.replyTo, reading);
    const { draft } = schema;
    const updatedAt = input.updatedAt && input.updatedAt < ctx.now ? input.updatedAt : ctx.now;
    const said = { text, replyTo: text ? (input.replyTo ?? null) : null, updatedAt };
    const [row] = await ctx.tx
      .insert(draft)
      .values({ accountId, conversationId, ...said })
      .onConflictDoUpdate({
        target: [draft.accountId, draft.conversationId],
        set: said,
        setWhere: lt(draft.updatedAt, updatedAt),
      })
      .returning();
    if (row) ctx.emit(draftChanged, { accountId, conversationId, updatedAt: updatedAt.toISOString() });
    const own = and(eq(draft.accountId, accountId), eq(draft.conversationId, conversationId));
    const [kept] = row ? [row] : await ctx.tx.select().from(draft).where(own);
    return toDraft(conversationId, kept);
  });
}

/** Takes a draft away, unless a newer one has come meanwhile. Errors as in `saveDraft`. */
export const discardDraft = (actor: Actor, conversationId: string, at?: Date): Promise<Draft> =>
  saveDraft(actor, conversationId, { text: "", updatedAt: at });
