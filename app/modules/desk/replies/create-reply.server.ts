import { and, count, eq, isNull } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { requireMembership } from "~/modules/tickets/index.server";
import type { Tx } from "~/platform/db.server";
import { conflict, forbidden, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type CannedReply, MOST_REPLIES, type NewReply } from "./canned-reply";
import {
  beside,
  checkReply,
  mayEdit,
  type ReplyPlace,
  readReplies,
  readReply,
  requireFree,
  standInLine,
} from "./replies-of.server";

/**
 * Keeps a text for sending it often: for oneself, for an area that one is part of, or, by an admin, for any area and for
 * everybody. With `onceId` a repeat makes no second one.
 * @throws AppError like `checkReply`; 404 for an unknown area, 403 for a place that is not the member's to fill,
 * `shortcut_taken`, `too_many_replies` (409)
 */
export async function createReply(actor: Actor, orgId: string, draft: NewReply, onceId?: string): Promise<CannedReply> {
  const { membership } = requireMembership(actor, orgId, "canned_replies:write");
  const { shortcut, title, text } = draft;
  const kept = { shortcut, title, text, ...checkReply({ shortcut, title, text }) };
  return transact(actor, { orgId }, async (ctx) => {
    const { tx, now } = ctx;
    const place = await placeOf(tx, membership, draft);
    if (!mayEdit(membership, place)) throw forbidden();
    await standInLine(tx, orgId);
    const [made] = onceId ? await readReplies(tx, membership, onceId) : [];
    if (made) return made;
    const { cannedReply } = schema;
    const [there] = await tx.select({ n: count() }).from(cannedReply).where(beside(orgId, place));
    if ((there?.n ?? 0) >= MOST_REPLIES) throw conflict("too_many_replies", { most: MOST_REPLIES });
    await requireFree(tx, orgId, place, kept.shortcut);
    const id = onceId ?? newId();
    await tx.insert(cannedReply).values({ id, orgId, ...place, ...kept, createdAt: now, updatedAt: now });
    if (place.scope === "organisation")
      await recordAudit(ctx, { orgId, action: "reply.created", subject: { id, name: kept.title }, after: kept });
    return readReply(tx, membership, id);
  });
}

async function placeOf(tx: Tx, membership: Membership, { scope, areaId }: NewReply): Promise<ReplyPlace> {
  if (scope === "member") return { scope, memberId: membership.memberId, areaId: null };
  if (scope === "organisation") return { scope, memberId: null, areaId: null };
  const { area } = schema;
  const open = and(eq(area.orgId, membership.orgId), eq(area.id, areaId ?? ""), isNull(area.archivedAt));
  const [found] = isUuid(areaId ?? "") ? await tx.select({ id: area.id }).from(area).where(open) : [];
  if (!found) throw notFound("area");
  return { scope, memberId: null, areaId: found.id };
}
