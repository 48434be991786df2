import { and, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { hashSecret, newSecret } from "~/modules/accounts/index.server";
import { env } from "~/platform/env.server";
import { conflict, forbidden, invalid, notFound } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockPart } from "../load-chat.server";
import { groupRights } from "../policy";
import { isAlive, isItsMaker } from "./open-invite.server";

const DAY_MS = 24 * 60 * 60_000;
/** For how many days a link may hold; null: until it is taken back. */
export const INVITE_DAYS = [1, 7, 30, null] as const;
/** So many links of one group may be open. */
const MOST_OPEN = 50;

/** A link that was made now: its address is told once, only the hash of its secret is kept. */
export type MadeInvite = { id: string; link: string; asks: boolean; expiresAt: string | null };

/**
 * Makes a link by which whoever has it comes into a group, or with `asks` asks an admin to be let in.
 * @throws AppError 404 for who is not in it, 403 below an admin, `invalid` for other days, `too_many_invitations` (409)
 */
export async function createGroupInvite(
  actor: AccountActor,
  conversationId: string,
  { days, asks }: { days: number | null; asks: boolean },
): Promise<MadeInvite> {
  if (!INVITE_DAYS.some((one) => one === days)) throw invalid("invalid");
  return transactAsSystem(actor, "a link into a group", async (ctx) => {
    const { conversation, me } = await lockPart(ctx, conversationId);
    if (conversation.kind === "direct") throw notFound("group");
    if (!groupRights(me.role).invite) throw forbidden();
    const { chatInvite, participant } = schema;
    const open = await ctx.tx
      .select({ id: chatInvite.id })
      .from(chatInvite)
      .innerJoin(participant, isItsMaker)
      .where(and(eq(chatInvite.conversationId, conversationId), isAlive(ctx.now)));
    if (open.length >= MOST_OPEN) throw conflict("too_many_invitations");
    const secret = newSecret();
    const expiresAt = days === null ? null : new Date(ctx.now.getTime() + days * DAY_MS);
    const row = { id: newId(), conversationId, createdBy: actor.accountId, asks, createdAt: ctx.now, expiresAt };
    await ctx.tx.insert(chatInvite).values({ ...row, tokenHash: hashSecret(secret) });
    const link = `${env().publicUrl}/join/${secret}`;
    return { id: row.id, link, asks, expiresAt: expiresAt?.toISOString() ?? null };
  });
}
