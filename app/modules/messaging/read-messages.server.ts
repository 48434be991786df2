import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, type SQL } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { unhidden } from "./marks/unhidden.server";
import type { Message } from "./message-view";
import { toMessage } from "./rows.server";

/** Who reads: staff see notes, the customer and participants do not. */
export type Audience = "staff" | "public";

/** How somebody reads a conversation: as whom, and only from a number on; 0 for all of it. */
export type Reading = { audience: Audience; fromSeq: number };

/** `more` tells whether there are earlier ones than these, `more_after` whether there are later ones. */
export type MessagePage = { messages: Message[]; more: boolean; more_after: boolean };

/** At most one of the places; the newest where there is none. */
export type PageAsked = {
  afterSeq?: number;
  beforeSeq?: number;
  aroundSeq?: number;
  /** These alone. */
  ids?: readonly string[];
  limit: number;
};

/** A page of a conversation in ascending `seq`: after a place, before one, around one (which is in it), or the newest. */
export async function listMessages(
  tx: Tx,
  conversationId: string,
  reading: Reading,
  { afterSeq, beforeSeq, aroundSeq, ids, limit }: PageAsked,
): Promise<MessagePage> {
  const { seq } = schema.message;
  const read = (place: SQL | undefined, order: SQL, count: number) =>
    readPage(tx, and(seenBy(conversationId, reading), place), order, count);
  if (ids) {
    const { messages } = await read(inArray(schema.message.id, [...ids]), asc(seq), ids.length);
    return { messages, more: false, more_after: false };
  }
  const exists = async (place: SQL) => (await read(place, asc(seq), 0)).more;
  if (aroundSeq !== undefined) {
    const before = await read(lt(seq, aroundSeq), desc(seq), Math.floor(limit / 2));
    const after = await read(gte(seq, aroundSeq), asc(seq), Math.ceil(limit / 2));
    const messages = [...before.messages.reverse(), ...after.messages];
    return { messages, more: before.more, more_after: after.more };
  }
  if (afterSeq !== undefined) {
    const { messages, more } = await read(gt(seq, afterSeq), asc(seq), limit);
    return { messages, more: await exists(lte(seq, afterSeq)), more_after: more };
  }
  const { messages, more } = await read(beforeSeq === undefined ? undefined : lt(seq, beforeSeq), desc(seq), limit);
  return {
    messages: messages.reverse(),
    more,
    more_after: beforeSeq !== undefined && (await exists(gte(seq, beforeSeq))),
  };
}

/** The messages of a conversation that the scope's reader sees. */
export const seenBy = (conversationId: string, { audience, fromSeq }: Reading) =>
  and(
    eq(schema.message.conversationId, conversationId),
    fromSeq > 0 ? gte(schema.message.seq, fromSeq) : undefined,
    audience === "public" ? eq(schema.message.visibility, "public") : undefined,
    unhidden(),
  );

async function readPage(tx: Tx, where: SQL | undefined, order: SQL, limit: number) {
  const rows = await tx
    .select()
    .from(schema.message)
    .where(where)
    .orderBy(order)
    .limit(limit + 1);
  return { messages: rows.slice(0, limit).map(toMessage), more: rows.length > limit };
}

export type Change = { rev: number; kind: string; ref: string; message: Message | null };

/**
 * What changed in a conversation after `rev` as this audience counts, ascending, with each message as it is now.
 * Two queries whatever the number of changes.
 */
export async function listChanges(
  tx: Tx,
  conversationId: string,
  reading: Reading,
  page: { after: number; limit: number },
): Promise<{ changes: Change[]; more: boolean }> {
  const { change, message } = schema;
  const counter = reading.audience === "staff" ? change.rev : change.publicRev;
  const rows = await tx
    .select({ rev: counter, kind: change.kind, ref: change.ref })
    .from(change)
    .where(and(eq(change.conversationId, conversationId), isNotNull(counter), gt(counter, page.after)))
    .orderBy(asc(counter))
    .limit(page.limit + 1);
  const kept = rows.slice(0, page.limit);
  const refs = [...new Set(kept.filter((row) => row.kind.startsWith("message.")).map((row) => row.ref))];
  const found = refs.length
    ? await tx
        .select()
        .from(message)
        .where(and(inArray(message.id, refs), seenBy(conversationId, reading)))
    : [];
  const byId = new Map(found.map((row) => [row.id, toMessage(row)]));
  return {
    changes: kept.map((row) => ({
      rev: row.rev ?? 0,
      kind: row.kind,
      ref: row.ref,
      message: byId.get(row.ref) ?? null,
    })),
    more: rows.length > page.limit,
  };
}
