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

type ChangeRow = Omit<ChangeInput, "visibility"> & { rev: number | null; publicRev: number | null };

/** One row of the change log; see `db/schema/messaging.ts`. Returns the feed's cursor of the row. */
export async function insertChange(ctx: Context, input: ChangeRow): Promise<string> {
  return (await insertChanges(ctx, [input])).get(input.ref) ?? "";
}

/** Rows of the change log, in their order; the feed's cursor of each by its `ref`. */
export async function insertChanges(ctx: Context, inputs: readonly ChangeRow[]): Promise<Map<string, string>> {
  if (inputs.length === 0) return new Map();
  const rows = await ctx.tx
    .insert(schema.change)
    .values(
      inputs.map(({ conversation, ticketId, rev, publicRev, kind, ref }) => ({
        orgId: conversation.orgId,
        conversationId: conversation.id,
        ticketId: ticketId ?? null,
        ...{ rev, publicRev, kind, ref },
        createdAt: ctx.now,
      })),
    )
    .returning({ ref: schema.change.ref, id: schema.change.id, xid: schema.change.xid });
  return new Map(rows.map(({ ref, id, xid }) => [ref, `${xid}.${id}`]));
}
