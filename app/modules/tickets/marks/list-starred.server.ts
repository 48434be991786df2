import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { allows } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import { toMessage } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { forbidden } from "~/platform/errors";
import { schema } from "~db/index.server";
import { sightFrom, sightOf, standingsOf } from "../reading/standing.server";
import { cursorOf, type Place, placeOf } from "./message-place";

export type Starred = { messages: Message[]; nextCursor: string | null };

/**
 * What an account has starred in whatever conversation it still sees, the newest star first. A page may hold fewer than
 * asked for, since what is out of sight is left out.
 * @throws AppError `cursor_invalid`, 403 for a token without the scope
 */
export async function listStarred(
  actor: AccountActor,
  page: { cursor?: string | null; limit: number },
): Promise<Starred> {
  if (!allows(actor, "messages:read")) throw forbidden("missing_scope");
  const rows = await starsOf(actor, placeOf(page.cursor), page.limit + 1);
  const kept = rows.slice(0, page.limit);
  const ids = [...new Set(kept.map(({ row }) => row.conversationId))];
  const sights = new Map(
    (await standingsOf(actor, ids)).flatMap((one) =>
      one ? [[one.id, { sight: sightOf(actor, one), from: sightFrom(actor, one) }]] : [],
    ),
  );
  const inSight = kept.filter(({ row }) => {
    const { sight = null, from = 0 } = sights.get(row.conversationId) ?? {};
    if (row.seq < from) return false;
    return sight === "staff" || (sight === "public" && row.visibility === "public");
  });
  const last = kept.at(-1);
  const nextCursor = rows.length > page.limit && last ? cursorOf({ at: last.at, id: last.row.id }) : null;
  return { messages: inSight.map(({ row }) => toMessage(row)), nextCursor };
}

async function starsOf(actor: AccountActor, before: Place | undefined, limit: number) {
  const { message, messageMark } = schema;
  const place = before
    ? sql`(${messageMark.starredAt}, ${messageMark.messageId}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`
    : undefined;
  const rows = await asSystem("an account's starred messages", (tx) =>
    tx
      .select({ row: message, at: messageMark.starredAt })
      .from(messageMark)
      .innerJoin(message, eq(message.id, messageMark.messageId))
      .where(
        and(
          eq(messageMark.accountId, actor.accountId),
          isNotNull(messageMark.starredAt),
          isNull(messageMark.hiddenAt),
          place,
        ),
      )
      .orderBy(desc(messageMark.starredAt), desc(messageMark.messageId))
      .limit(limit),
  );
  return rows.flatMap(({ row, at }) => (at ? [{ row, at }] : []));
}
