import { eq, sql } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Visibility } from "~db/schema/messaging";

/** The numbers of one change; `cursor` is its place in the feed. */
export type Revs = { conversationId: string; rev: number; publicRev: number | null; cursor: string };

type ChangeInput = {
  conversation: { id: string; orgId: string | null };
  kind: string;
  /** The message or ticket that changed. */
  ref: string;
  ticketId?: string | null;
  visibility: Visibility;
};

/**
 * Writes that something visible of a conversation changed, under its next numbers. The caller holds the conversation's
 * row lock, so that numbers follow commits.
 */
export async function recordChange(ctx: Context, input: ChangeInput): Promise<Revs> {
  const isPublic = input.visibility === "public";
  const [revs] = await ctx.tx
    .update(schema.conversation)
    .set({
      rev: sql`${schema.conversation.rev} + 1`,
      ...(isPublic && { publicRev: sql`${schema.conversation.publicRev} + 1` }),
    })
    .where(eq(schema.conversation.id, input.conversation.id))
    .returning({ rev: schema.conversation.rev, publicRev: schema.conversation.publicRev });
  if (!revs) throw new Error(`conversation ${input.conversation.id} is out of scope`);
  const publicRev = isPublic ? revs.publicRev : null;
  const cursor = await insertChange(ctx, { ...input, rev: revs.rev, publicRev });
  return { conversationId: input.conversation.id, rev: revs.rev, publicRev, cursor };
}

/** One row of the change log; see `db/schema/messaging.ts`. Returns the feed's cursor of the row. */
export async function insertChange(
  ctx: Context,
  input: Omit<ChangeInput, "visibility"> & { rev: number | null; publicRev: number | null },
): Promise<string> {
  const [row] = await ctx.tx
    .insert(schema.change)
    .values({
      orgId: input.conversation.orgId,
      conversationId: input.conversation.id,
      ticketId: input.ticketId ?? null,
      rev: input.rev,
      publicRev: input.publicRev,
      kind: input.kind,
      ref: input.ref,
      createdAt: ctx.now,
    })
    .returning({ id: schema.change.id, xid: schema.change.xid });
  return `${row?.xid}.${row?.id}`;
}
