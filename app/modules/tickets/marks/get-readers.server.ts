import { and, desc, eq, gte } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { peopleOf } from "~/modules/chats/index.server";
import type { ConversationRow } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { forbidden } from "~/platform/errors";
import { schema } from "~db/index.server";
import { withSeenMessage } from "./seen-message.server";

export type Reader = { id: string; name: string };
export type Readers = {
  /** `at`: when their pointer came to where it stands now; they had read the message by then. The latest first. */
  read: (Reader & { at: string })[];
  /** Who takes part and has not come so far. With a customer: nobody, since any colleague may. */
  unread: Reader[];
};

/**
 * Who has read a message, besides its author; with a customer, which colleagues.
 * @throws AppError 404 without sight of it, 403 for customers
 */
export function getReaders(actor: Actor, messageId: string): Promise<Readers> {
  return withSeenMessage(actor, messageId, { needs: "messages:read" }, async (ctx, { row, access }) => {
    if (access.side === "customer") throw forbidden();
    const people = access.side === "participant" ? await insideOf(ctx.tx, access.conversation) : null;
    const marks = await marksFrom(ctx.tx, row.conversationId, row.seq);
    const isAuthor = (id: string) => row.authorKind === "account" && row.authorId === id;
    const inside = new Set(people?.map(({ id }) => id));
    const read = marks.filter(({ id }) => !isAuthor(id) && (people === null || inside.has(id)));
    const done = new Set(read.map(({ id }) => id));
    return {
      read: read.map(({ id, name, at }) => ({ id, name, at: at.toISOString() })),
      unread: people?.filter(({ id }) => !isAuthor(id) && !done.has(id)) ?? [],
    };
  });
}

async function insideOf(tx: Tx, chat: ConversationRow): Promise<Reader[]> {
  const people = await peopleOf(tx, chat);
  return people.flatMap(({ accountId: id, name, left }) => (left ? [] : [{ id, name }]));
}

function marksFrom(tx: Tx, conversationId: string, seq: number) {
  const { readMark, account } = schema;
  return tx
    .select({ id: account.id, name: account.name, at: readMark.readAt })
    .from(readMark)
    .innerJoin(account, eq(account.id, readMark.accountId))
    .where(and(eq(readMark.conversationId, conversationId), gte(readMark.seq, seq)))
    .orderBy(desc(readMark.readAt));
}
