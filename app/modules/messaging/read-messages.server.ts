import { and, asc, desc, eq, gt, inArray, isNotNull, lt } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { Message } from "./message-view";
import { toMessage } from "./rows.server";

/** Who reads: staff see notes, the customer and participants do not. */
export type Audience = "staff" | "public";

export type MessagePage = { messages: Message[]; more: boolean };

/**
 * A page of a conversation in ascending `seq`: after `afterSeq`, before `beforeSeq`, or the newest.
 * `more` tells whether there is another page in the direction asked.
 */
export async function listMessages(
  tx: Tx,
  conversationId: string,
  audience: Audience,
  page: { afterSeq?: number; beforeSeq?: number; limit: number },
): Promise<MessagePage> {
  const { message } = schema;
  const forward = page.afterSeq !== undefined;
  const rows = await tx
    .select()
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        audience === "public" ? eq(message.visibility, "public") : undefined,
        page.afterSeq !== undefined ? gt(message.seq, page.afterSeq) : undefined,
        page.beforeSeq !== undefined ? lt(message.seq, page.beforeSeq) : undefined,
      ),
    )
    .orderBy(forward ? asc(message.seq) : desc(message.seq))
    .limit(page.limit + 1);
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  if (!forward) kept.reverse();
  return { messages: kept.map(toMessage), more };
}

export type Change = { rev: number; kind: string; ref: string; message: Message | null };

/**
 * What changed in a conversation after `rev` as this audience counts, ascending, with each message as it is now.
 * Two queries whatever the number of changes.
 */
export async function listChanges(
  tx: Tx,
  conversationId: string,
  audience: Audience,
  page: { after: number; limit: number },
): Promise<{ changes: Change[]; more: boolean }> {
  const { change, message } = schema;
  const counter = audience === "staff" ? change.rev : change.publicRev;
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
        .where(and(inArray(message.id, refs), audience === "public" ? eq(message.visibility, "public") : undefined))
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
