import { and, count, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { linkCharges, throttleFailures } from "~/modules/accounts/index.server";
import { asSystem, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { findOpenInvite, type OpenInvite } from "./open-invite.server";

/**
 * How an account stands to the group of a link: in it; waiting for an admin's word; free to come in, or to ask; or put out
 * before, so that a link which does not ask is no way back.
 */
export type InviteStanding = "inside" | "waits" | "open" | "asks" | "put_out";

export type InviteView = {
  conversationId: string;
  title: string;
  pictureId: string | null;
  peopleCount: number;
  standing: InviteStanding;
};

export async function standingBy(tx: Tx, accountId: string, invite: OpenInvite): Promise<InviteStanding> {
  const { participant, chatJoinRequest } = schema;
  const own = <Table extends typeof participant | typeof chatJoinRequest>(table: Table) =>
    and(eq(table.conversationId, invite.conversation.id), eq(table.accountId, accountId));
  const [part] = await tx.select().from(participant).where(own(participant));
  if (part && !part.leftAt) return "inside";
  if (!invite.asks) return part && !part.accepted ? "put_out" : "open";
  const asked = await tx.select({ at: chatJoinRequest.createdAt }).from(chatJoinRequest).where(own(chatJoinRequest));
  return asked.length > 0 ? "waits" : "asks";
}

/** What the page of a link shows to a signed-in account that has it. @throws AppError `not_found`, `too_many_requests` */
export async function viewGroupInvite(actor: AccountActor, secret: string, address: string): Promise<InviteView> {
  return throttleFailures(linkCharges(address), ["not_found"], () =>
    asSystem("the page of a link into a group", async (tx, now) => {
      const invite = await findOpenInvite({ tx, now }, actor, secret);
      const { id, title, pictureId } = invite.conversation;
      const { participant } = schema;
      const inside = and(eq(participant.conversationId, id), isNull(participant.leftAt));
      const [people] = await tx.select({ n: count() }).from(participant).where(inside);
      const standing = await standingBy(tx, actor.accountId, invite);
      return { conversationId: id, title: title ?? "", pictureId, peopleCount: people?.n ?? 0, standing };
    }),
  );
}
