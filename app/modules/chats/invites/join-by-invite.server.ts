import { eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { groupJoinCharges, linkCharges, throttle, throttleFailures } from "~/modules/accounts/index.server";
import { lockConversation } from "~/modules/messaging/index.server";
import { conflict, forbidden, notFound } from "~/platform/errors";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { tellAdmins } from "../list/tell-lists.server";
import { enterGroup } from "./enter-group.server";
import { findOpenInvite } from "./open-invite.server";
import { standingBy } from "./view-invite.server";

/** So many may wait for an admin's word on one group. */
const MOST_WAITING = 1_000;

export type Joining = { conversationId: string; state: "joined" | "waits" };

/**
 * Comes into a group by a link, or asks to; again is no harm. An organisation's group lets in its members alone.
 * @throws AppError `not_found` (see `findOpenInvite`), `put_out` (403) for who was put out where the link does not ask,
 *   `group_too_large`, `too_many_join_requests` (409), `too_many_requests`
 */
export async function joinByInvite(actor: AccountActor, secret: string, address: string): Promise<Joining> {
  await throttle(groupJoinCharges(actor.accountId));
  return throttleFailures(linkCharges(address), ["not_found"], () =>
    transactAsSystem(actor, "come into a group by a link", (ctx) => join(ctx, secret)),
  );
}

async function join(ctx: Context<AccountActor>, secret: string): Promise<Joining> {
  const { actor } = ctx;
  const { conversation: seen } = await findOpenInvite(ctx, actor, secret);
  const conversation = await lockConversation(ctx, seen.id);
  if (!conversation) throw notFound("invitation");
  // Under the lock: nobody took it back meanwhile.
  const invite = await findOpenInvite(ctx, actor, secret);
  const conversationId = conversation.id;
  switch (await standingBy(ctx.tx, actor.accountId, invite)) {
    case "inside":
      return { conversationId, state: "joined" };
    case "put_out":
      throw forbidden("put_out");
    case "open":
      await enterGroup(ctx, conversation, actor);
      return { conversationId, state: "joined" };
    case "asks":
      await ask(ctx, conversationId, invite.id);
      return { conversationId, state: "waits" };
    case "waits":
      return { conversationId, state: "waits" };
  }
}

async function ask(ctx: Context<AccountActor>, conversationId: string, inviteId: string): Promise<void> {
  const { chatJoinRequest } = schema;
  const waiting = eq(chatJoinRequest.conversationId, conversationId);
  if ((await ctx.tx.$count(chatJoinRequest, waiting)) >= MOST_WAITING) throw conflict("too_many_join_requests");
  await ctx.tx
    .insert(chatJoinRequest)
    .values({ conversationId, accountId: ctx.actor.accountId, inviteId, createdAt: ctx.now });
  await tellAdmins(ctx, conversationId);
}
