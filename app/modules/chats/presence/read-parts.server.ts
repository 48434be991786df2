import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { blocks } from "../find-account.server";

/** How an account takes part in a chat now. */
export type Part = {
  /** The other one of a direct chat. */
  otherId: string | null;
  /** A direct chat that one has left, blocked the other in, or not accepted: nothing of what one does is told. */
  closed: boolean;
  /** When the other one was there last; undefined unless both show it, in a direct chat that is not closed. */
  lastSeenAt: Date | null | undefined;
};

type Row = { pair: string; otherId: string | null; closed: boolean; shown: boolean; seenAt: string | null };

/** Of these pairs of a chat and an account (`<conversation>/<account>`) those that stand, in one query. */
export async function readParts(tx: Tx, pairs: readonly string[]): Promise<Map<string, Part>> {
  const { rows } = await tx.execute<Row>(sql`
    with given as (
      select pair, split_part(pair, '/', 1)::uuid as chat, split_part(pair, '/', 2)::uuid as account
      from unnest(${sql.param(pairs)}::text[]) as asked(pair))
    select given.pair, other.account_id as "otherId",
      c.kind = 'direct' and not coalesce(own.accepted and other.accepted and other.left_at is null
        and not ${blocks(sql`own.account_id`, sql`other.account_id`)}, false) as closed,
      coalesce(me.shows_presence and them.shows_presence, false) as shown, them.last_seen_at as "seenAt"
    from given
    join participant own on own.conversation_id = given.chat and own.account_id = given.account and own.left_at is null
    join conversation c on c.id = given.chat
    join account me on me.id = given.account
    left join participant other on c.kind = 'direct' and other.conversation_id = given.chat
      and other.account_id <> given.account
    left join account them on them.id = other.account_id`);
  return new Map(
    rows.map(({ pair, otherId, closed, shown, seenAt }) => [
      pair,
      { otherId, closed, lastSeenAt: closed || !shown ? undefined : seenAt ? new Date(seenAt) : null },
    ]),
  );
}

/** How `readParts` names a chat and an account. */
export const pairOf = (conversationId: string, accountId: string | null) => `${conversationId}/${accountId}`;
