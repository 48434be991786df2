import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { hashSecret } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { blocks } from "../find-account.server";
import { mayEnter } from "../policy";

const { chatInvite, conversation, participant, organisation, member } = schema;

export type OpenInvite = {
  id: string;
  asks: boolean;
  conversation: { id: string; title: string | null; pictureId: string | null };
};

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** SQL: nobody took the link back, its time is not over, and who made it may invite still. */
export const isAlive = (now: Date) =>
  and(
    isNull(chatInvite.revokedAt),
    or(isNull(chatInvite.expiresAt), gt(chatInvite.expiresAt, now)),
    isNull(participant.leftAt),
    inArray(participant.role, ["owner", "admin"]),
    or(
      isNull(participant.orgId),
      sql`exists (select from ${member} m where m.org_id = ${participant.orgId} and m.account_id = ${participant.accountId} and m.removed_at is null)`,
    ),
  );

/** SQL: how the maker of a link takes part in its group. */
export const isItsMaker = and(
  eq(participant.conversationId, chatInvite.conversationId),
  eq(participant.accountId, chatInvite.createdBy),
);

/**
 * The link that a secret opens to this account. Unknown, expired, taken back, another organisation's, and those of who has
 * blocked the account (or is blocked by it) are told apart to nobody. Needs the system's eyes.
 * @throws AppError `not_found`
 */
export async function findOpenInvite(
  { tx, now }: Pick<Context, "tx" | "now">,
  actor: AccountActor,
  secret: string,
): Promise<OpenInvite> {
  if (!SECRET.test(secret)) throw notFound("invitation");
  const [found] = await tx
    .select({
      id: chatInvite.id,
      asks: chatInvite.asks,
      conversation,
      blocked: blocks(actor.accountId, sql`${chatInvite.createdBy}`).mapWith(Boolean),
    })
    .from(chatInvite)
    .innerJoin(conversation, eq(conversation.id, chatInvite.conversationId))
    .innerJoin(participant, isItsMaker)
    .leftJoin(organisation, eq(organisation.id, conversation.orgId))
    .where(and(eq(chatInvite.tokenHash, hashSecret(secret)), isAlive(now), isNull(organisation.suspendedAt)));
  if (!found || found.blocked || !mayEnter(actor, found.conversation)) throw notFound("invitation");
  const { id, title, pictureId } = found.conversation;
  return { id: found.id, asks: found.asks, conversation: { id, title, pictureId } };
}
