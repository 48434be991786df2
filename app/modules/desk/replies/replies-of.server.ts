import { and, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { conflict, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  type CannedReply,
  LONGEST_REPLY,
  LONGEST_REPLY_TITLE,
  LONGEST_SHORTCUT,
  type ReplyDraft,
} from "./canned-reply";

const { area, cannedReply } = schema;
type ReplyRow = typeof cannedReply.$inferSelect;
export type ReplyPlace = Pick<ReplyRow, "scope" | "memberId" | "areaId">;

/** SQL: a member's own, those of the areas that are theirs (an admin's: all), and everybody's. */
export function usedBy({ orgId, memberId, role, areaIds }: Membership): SQL | undefined {
  const ofAreas = role === "admin" ? undefined : inArray(cannedReply.areaId, [...areaIds]);
  return and(
    eq(cannedReply.orgId, orgId),
    or(
      eq(cannedReply.memberId, memberId),
      eq(cannedReply.scope, "organisation"),
      and(eq(cannedReply.scope, "area"), ofAreas),
    ),
  );
}

/** One's own are one's own, an area's are its people's and the admins', everybody's are the admins'. */
export function mayEdit({ memberId, role, areaIds }: Membership, place: ReplyPlace): boolean {
  if (place.scope === "member") return place.memberId === memberId;
  return role === "admin" || (place.areaId !== null && areaIds.includes(place.areaId));
}

export const toReply = (row: ReplyRow, areaName: string | null, membership: Membership): CannedReply => ({
  id: row.id,
  scope: row.scope,
  area: row.areaId === null ? null : { id: row.areaId, name: areaName ?? "" },
  shortcut: row.shortcut,
  title: row.title,
  text: row.text,
  used: row.used,
  updatedAt: row.updatedAt.toISOString(),
  mayEdit: mayEdit(membership, row),
});

/** The replies that a member may use. */
export async function readReplies(tx: Tx, membership: Membership, id?: string): Promise<CannedReply[]> {
  const rows = await tx
    .select({ reply: cannedReply, areaName: area.name })
    .from(cannedReply)
    .leftJoin(area, eq(area.id, cannedReply.areaId))
    .where(and(usedBy(membership), isNull(area.archivedAt), id === undefined ? undefined : eq(cannedReply.id, id)))
    .orderBy(
      sql`array_position(array['member','area','organisation'], ${cannedReply.scope})`,
      area.position,
      cannedReply.shortcut,
    );
  return rows.map(({ reply, areaName }) => toReply(reply, areaName, membership));
}

/** One that a member may use, after it was changed. @throws AppError 404 */
export async function readReply(tx: Tx, membership: Membership, id: string): Promise<CannedReply> {
  const [reply] = await readReplies(tx, membership, id);
  if (!reply) throw notFound("canned_reply");
  return reply;
}

/** One that a member may change, locked. @throws AppError 404 for what is not theirs to change */
export async function lockReply(tx: Tx, membership: Membership, id: string): Promise<ReplyRow> {
  const [row] = isUuid(id)
    ? await tx
        .select()
        .from(cannedReply)
        .where(and(usedBy(membership), eq(cannedReply.id, id)))
        .for("update")
    : [];
  if (!row || !mayEdit(membership, row)) throw notFound("canned_reply");
  return row;
}

/** Who writes replies stands in line, so that shortcuts stay unique without a failed transaction. */
export const standInLine = (tx: Tx, orgId: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`canned-replies:${orgId}`}, 0))`);

/** SQL: the replies beside which one stands, among which its shortcut is unique. */
export const beside = (orgId: string, { scope, memberId, areaId }: ReplyPlace): SQL | undefined =>
  and(
    eq(cannedReply.orgId, orgId),
    eq(cannedReply.scope, scope),
    memberId === null ? undefined : eq(cannedReply.memberId, memberId),
    areaId === null ? undefined : eq(cannedReply.areaId, areaId),
  );

/** @throws AppError `shortcut_taken` (409) where another reply of the place has it */
export async function requireFree(tx: Tx, orgId: string, place: ReplyPlace, shortcut: string, own = ""): Promise<void> {
  const [other] = await tx
    .select({ id: cannedReply.id })
    .from(cannedReply)
    .where(and(beside(orgId, place), eq(cannedReply.shortcut, shortcut), own ? ne(cannedReply.id, own) : undefined));
  if (other) throw conflict("shortcut_taken", { shortcut });
}

const clean = (text: string) => text.replaceAll("\u0000", "").toWellFormed().trim();

/**
 * What is given of a reply as it is kept.
 * @throws AppError 422 `shortcut_invalid`, `reply_title_invalid`, `reply_text_invalid`
 */
export function checkReply(given: Partial<ReplyDraft>): Partial<ReplyDraft> {
  const kept: Partial<ReplyDraft> = {};
  if (given.shortcut !== undefined) {
    kept.shortcut = given.shortcut.trim().replace(/^\//, "");
    if (!/^[a-z0-9-]+$/.test(kept.shortcut) || kept.shortcut.length > LONGEST_SHORTCUT)
      throw invalid("shortcut_invalid");
  }
  if (given.title !== undefined) {
    kept.title = clean(given.title);
    if (kept.title === "" || kept.title.length > LONGEST_REPLY_TITLE) throw invalid("reply_title_invalid");
  }
  if (given.text !== undefined) {
    kept.text = clean(given.text);
    if (kept.text === "" || kept.text.length > LONGEST_REPLY) throw invalid("reply_text_invalid");
  }
  return kept;
}
