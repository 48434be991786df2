import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { decideUndo, sideOf } from "~/modules/contacts";
import { conflict, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type Contact, requireContact, showContacts } from "../lists/read-contacts.server";
import { type TicketContext, ticketVerb } from "../ticket-context.server";
import { tellContact } from "./contact-changed.server";
import { lockContacts, requireContactsMember } from "./contact-sight.server";
import { lockIdentities, type MergeBefore, moveIdentities, writeSide } from "./merge-contacts.server";

const { contact, contactMerge, identity } = schema;

export type UndoneMerge = {
  kept: Contact;
  parted: Contact;
  /** What of the kept one was changed since, and so stays as it is. */
  changedSince: string[];
  /** How many of its ways to write stay, since they moved on. */
  stayed: number;
};

/**
 * Parts two contacts that were made one: exactly what moved goes back, with what was written there since; what was changed
 * since of the one that was kept stays, and is named. To ask again changes nothing.
 * @throws AppError 404 without sight of both, `merge_not_last`, `contact_erased` (409)
 */
export async function undoMerge(actor: Actor, orgId: string, mergeId: string): Promise<UndoneMerge> {
  const by = requireContactsMember(actor, orgId, "contacts:write");
  if (!isUuid(mergeId)) throw notFound("merge");
  return ticketVerb(actor, { orgId }, async (ctx) => {
    const [merge] = await ctx.tx
      .select()
      .from(contactMerge)
      .where(and(eq(contactMerge.orgId, orgId), eq(contactMerge.id, mergeId)));
    if (!merge) throw notFound("merge");
    await lockIdentities(ctx, [merge.keptId, merge.mergedId]);
    // In the order of ids, as all do; the parted one is in nobody's sight and is asked for by itself.
    const order = [merge.keptId, merge.mergedId];
    await ctx.tx.select().from(contact).where(inArray(contact.id, order)).orderBy(asc(contact.id)).for("no key update");
    const [kept] = await lockContacts(ctx.tx, by.membership, [merge.keptId]);
    if (!kept) throw notFound("merge");
    const [now] = await ctx.tx.select().from(contactMerge).where(eq(contactMerge.id, merge.id));
    if (now?.undoneAt) {
      const parted = await requireContact(ctx.tx, by.membership, merge.mergedId);
      const [one, other] = await showContacts(ctx.tx, [kept, parted]);
      if (one && other) return { kept: one, parted: other, changedSince: [], stayed: 0 };
    }
    const before = await stillUndoable(ctx, merge);
    const there = await ctx.tx
      .select({ id: identity.id })
      .from(identity)
      .where(and(inArray(identity.id, before.identityIds), eq(identity.contactId, kept.id)));
    await moveIdentities(
      ctx,
      there.map(({ id }) => id),
      { from: kept.id, to: merge.mergedId },
    );
    const { restored, changedSince } = decideUndo(sideOf(kept), before.result, before.kept);
    const keptRow = await writeSide(ctx, kept.id, restored);
    await ctx.tx.update(contact).set({ mergedInto: null }).where(eq(contact.id, merge.mergedId));
    const partedRow = await writeSide(ctx, merge.mergedId, before.merged);
    await ctx.tx.update(contactMerge).set({ undoneAt: ctx.now }).where(eq(contactMerge.id, merge.id));
    const after = { parted: merge.mergedId, merge: merge.id };
    await recordAudit(
      { ...ctx, actor: by.actor },
      { orgId, action: "contact.parted", subject: { id: kept.id, name: "" }, after },
    );
    // What one of the two said alone is again for those alone who see it (TA5).
    for (const row of [keptRow, partedRow]) {
      await requireContact(ctx.tx, by.membership, row.id);
      await tellContact(ctx, row);
    }
    const [shownKept, parted] = await showContacts(ctx.tx, [keptRow, partedRow]);
    if (!shownKept || !parted) throw notFound("contact");
    return { kept: shownKept, parted, changedSince, stayed: before.identityIds.length - there.length };
  });
}

type MergeRow = typeof contactMerge.$inferSelect;

async function stillUndoable(ctx: TicketContext, { id, keptId, mergedId }: MergeRow): Promise<MergeBefore> {
  const [merge] = await ctx.tx.select().from(contactMerge).where(eq(contactMerge.id, id)).for("update");
  if (!merge) throw notFound("merge");
  const [merged] = await ctx.tx.select().from(contact).where(eq(contact.id, mergedId));
  if (!merged || merged.erasedAt || !Array.isArray(merge.before.identityIds)) throw conflict("contact_erased");
  const later = await ctx.tx
    .select({ id: contactMerge.id })
    .from(contactMerge)
    .where(and(eq(contactMerge.keptId, keptId), isNull(contactMerge.undoneAt)))
    .orderBy(asc(contactMerge.createdAt), asc(contactMerge.id));
  // What a later one took over cannot be told from what this one did.
  if (later.at(-1)?.id !== id) throw conflict("merge_not_last");
  return merge.before as MergeBefore;
}
