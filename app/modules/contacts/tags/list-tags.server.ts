import { asc, eq, sql } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { TAG_COLOURS, type Tag, type TagColour } from "./tag-words";

const { tag } = schema;
export type TagRow = typeof tag.$inferSelect;

const isColour = (colour: string): colour is TagColour => (TAG_COLOURS as readonly string[]).includes(colour);

export const toTag = ({ id, name, colour }: TagRow): Tag => ({ id, name, colour: isColour(colour) ? colour : "grey" });

/** An organisation's tags by their name. @throws AppError `not_found` to who is no member */
export async function listTags(ctx: Context<Actor>, orgId: string): Promise<Tag[]> {
  if (!membershipIn(ctx.actor, orgId)) throw notFound("organisation");
  const rows = await ctx.tx
    .select()
    .from(tag)
    .where(eq(tag.orgId, orgId))
    .orderBy(asc(sql`lower(${tag.name})`));
  return rows.map(toTag);
}
