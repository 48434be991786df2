import { and, count, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit, recordChange } from "~/modules/accounts/index.server";
import { conflict, invalid, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { requireContactsAdmin } from "../require-admin.server";
import { type TagRow, toTag } from "./list-tags.server";
import { retag } from "./retag";
import { type Tag, type TagColour, tagName } from "./tag-words";

const { tag } = schema;
const MOST_TAGS = 500;

type Named = { orgId: string; tagId: string };

/** Who changes the catalogue stands in line, so that names stay unique without a failed transaction. */
async function open(ctx: Context<Actor>, orgId: string) {
  const { actor, membership } = requireContactsAdmin(ctx.actor, orgId);
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`tags:${orgId}`}, 0))`);
  return { id: membership.memberId, name: actor.name };
}

async function requireTag(ctx: Context, { orgId, tagId }: Named): Promise<TagRow> {
  const mine = and(eq(tag.orgId, orgId), eq(tag.id, tagId));
  const [row] = isUuid(tagId) ? await ctx.tx.select().from(tag).where(mine) : [];
  if (!row) throw notFound("tag");
  return row;
}

async function freeName(ctx: Context, orgId: string, given: string, own?: string): Promise<string> {
  const name = tagName(given);
  if (!name) throw invalid("tag_name_invalid");
  const [other] = await ctx.tx
    .select({ id: tag.id })
    .from(tag)
    .where(and(eq(tag.orgId, orgId), sql`lower(${tag.name}) = lower(${name})`));
  if (other && other.id !== own) throw conflict("tag_name_taken");
  return name;
}

/** `id` names the tag in advance: a repeat makes no second. @throws AppError like `requireContactsAdmin`; `tag_name_invalid`, `too_many_tags` (422), `tag_name_taken` (409) */
export async function createTag(
  ctx: Context<Actor>,
  input: { id?: string; orgId: string; name: string; colour?: TagColour },
): Promise<Tag> {
  const { orgId, colour = "grey", id = newId() } = input;
  await open(ctx, orgId);
  const [known] = await ctx.tx
    .select()
    .from(tag)
    .where(and(eq(tag.orgId, orgId), eq(tag.id, id)));
  if (known) return toTag(known);
  const name = await freeName(ctx, orgId, input.name);
  const [there] = await ctx.tx.select({ n: count() }).from(tag).where(eq(tag.orgId, orgId));
  if ((there?.n ?? 0) >= MOST_TAGS) throw invalid("too_many_tags", { limit: MOST_TAGS });
  const row = { id, orgId, name, colour, createdAt: ctx.now };
  await ctx.tx.insert(tag).values(row);
  await recordAudit(ctx, { orgId, action: "tag.created", subject: { id: row.id, name } });
  return toTag(row);
}

/** Renames or recolours a tag; what carries it gets the name in batches afterwards. @throws AppError like `createTag` */
export async function changeTag(
  ctx: Context<Actor>,
  input: Named & { name?: string; colour?: TagColour },
): Promise<Tag> {
  const { orgId } = input;
  const by = await open(ctx, orgId);
  const row = await requireTag(ctx, input);
  const name = input.name === undefined ? row.name : await freeName(ctx, orgId, input.name, row.id);
  const after = { name, colour: input.colour ?? row.colour };
  await ctx.tx.update(tag).set(after).where(eq(tag.id, row.id));
  if (name !== row.name) await enqueue(ctx.tx, retag, { orgId, from: row.name, to: name, by });
  const before = { name: row.name, colour: row.colour };
  await recordChange(ctx, { orgId, action: "tag.changed", subject: { id: row.id, name }, before, after });
  return toTag({ ...row, ...after });
}

/** Makes one tag of two: what carried the first carries the second. @throws AppError like `createTag`; `not_found` */
export async function mergeTags(ctx: Context<Actor>, input: Named & { intoId: string }): Promise<Tag> {
  const { orgId } = input;
  const by = await open(ctx, orgId);
  const row = await requireTag(ctx, input);
  const into = await requireTag(ctx, { orgId, tagId: input.intoId });
  if (into.id === row.id) throw invalid("tag_into_itself");
  await ctx.tx.delete(tag).where(eq(tag.id, row.id));
  await enqueue(ctx.tx, retag, { orgId, from: row.name, to: into.name, by });
  const after = { into: into.name };
  await recordAudit(ctx, { orgId, action: "tag.merged", subject: { id: row.id, name: row.name }, after });
  return toTag(into);
}

/** Takes a tag away, from all that carries it too. @throws AppError like `requireContactsAdmin`; `not_found` */
export async function deleteTag(ctx: Context<Actor>, input: Named): Promise<Tag> {
  const { orgId } = input;
  const by = await open(ctx, orgId);
  const row = await requireTag(ctx, input);
  await ctx.tx.delete(tag).where(eq(tag.id, row.id));
  await enqueue(ctx.tx, retag, { orgId, from: row.name, to: null, by });
  await recordAudit(ctx, { orgId, action: "tag.deleted", subject: { id: row.id, name: row.name } });
  return toTag(row);
}
