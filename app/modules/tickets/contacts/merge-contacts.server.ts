import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { decideMerge, type MergeChoices, type MergeDecision, type MergeSide, sideOf } from "~/modules/contacts";
import type { ContactRow } from "~/modules/contacts/index.server";
import { lockConversation } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type Contact, requireContact, showContacts } from "../lists/read-contacts.server";
import { moveTickets, type TicketContext, ticketVerb } from "../ticket-context.server";
import { tellContact } from "./contact-changed.server";
import { lockContacts, requireContactsMember } from "./contact-sight.server";

const { contact, identity, conversation, ticket, message, contactMerge } = schema;

export type MergePair = { keptId: string; mergedId: string; choices?: MergeChoices };

/** What a merge keeps for parting the two again. */
export type MergeBefore = { kept: MergeSide; merged: MergeSide; result: MergeSide; identityIds: string[] };

export type MergePreview = MergeDecision & {
  kept: Contact;
  merged: Contact;
  moves: { channels: number; tickets: number };
};

/**
 * What would become of two contacts; changes nothing. Both must be in the member's sight (TA5).
 * @throws AppError 404 without sight of one of them, `contact_into_itself` (422)
 */
export async function previewMerge(actor: Actor, orgId: string, pair: MergePair): Promise<MergePreview> {
  const { membership } = requireContactsMember(actor, orgId, "contacts:read");
  requireTwo(pair);
  return inScope({ orgId }, async (tx) => {
    const keptRow = await requireContact(tx, membership, pair.keptId);
    const mergedRow = await requireContact(tx, membership, pair.mergedId);
    const [kept, merged] = await showContacts(tx, [keptRow, mergedRow]);
    if (!kept || !merged) throw notFound("contact");
    const tickets = await tx.$count(ticket, eq(ticket.contactId, mergedRow.id));
    const channels = await tx.$count(identity, eq(identity.contactId, mergedRow.id));
    const decision = decideMerge(sideOf(keptRow), sideOf(mergedRow), pair.choices);
    return { ...decision, kept, merged, moves: { channels, tickets } };
  });
}

function requireTwo({ keptId, mergedId }: MergePair): void {
  if (isUuid(keptId) && keptId.toLowerCase() === mergedId.toLowerCase()) throw invalid("contact_into_itself");
}

/**
 * Makes one contact of two: what one is known by, its conversations and its tickets become the other's, live tickets live on.
 * Rows are locked in one order by all: addresses, contacts, conversations, each by id; whoever writes meanwhile waits, and
 * joins the contact that is left.
 * @returns the contact as it is now, and the id by which it can be undone
 * @throws AppError like `previewMerge`
 */
export async function mergeContacts(
  actor: Actor,
  orgId: string,
  pair: MergePair,
): Promise<{ contact: Contact; mergeId: string }> {
  const by = requireContactsMember(actor, orgId, "contacts:write");
  requireTwo(pair);
  return ticketVerb(actor, { orgId }, async (ctx) => {
    const done = await findMerge(ctx, by.membership, pair);
    if (done) return done;
    const [kept, merged] = await lockPair(ctx, by.membership, pair.keptId, pair.mergedId);
    const identityIds = await identitiesOf(ctx, merged.id);
    const before: MergeBefore = {
      kept: sideOf(kept),
      merged: sideOf(merged),
      result: decideMerge(sideOf(kept), sideOf(merged), pair.choices).result,
      identityIds,
    };
    await moveIdentities(ctx, identityIds, { from: merged.id, to: kept.id });
    const row = await writeSide(ctx, kept.id, before.result);
    await ctx.tx.update(contact).set({ mergedInto: kept.id }).where(eq(contact.id, merged.id));
    const mergeId = newId();
    await ctx.tx.insert(contactMerge).values({
      id: mergeId,
      orgId,
      keptId: kept.id,
      mergedId: merged.id,
      before,
      byMemberId: by.membership.memberId,
      byName: by.actor.name,
      createdAt: ctx.now,
    });
    // Whose names these are stays out of the log, which nothing can be deleted from.
    const after = { merged: merged.id, merge: mergeId };
    await recordAudit(
      { ...ctx, actor: by.actor },
      { orgId, action: "contact.merged", subject: { id: kept.id, name: "" }, after },
    );
    await tellContact(ctx, row);
    const [shown] = await showContacts(ctx.tx, [row]);
    if (!shown) throw notFound("contact");
    return { contact: shown, mergeId };
  });
}

/** A merge that was asked for before and stands. */
async function findMerge(ctx: TicketContext, membership: Membership, { keptId, mergedId }: MergePair) {
  if (!isUuid(keptId) || !isUuid(mergedId)) throw notFound("contact");
  const [found] = await ctx.tx
    .select({ id: contactMerge.id })
    .from(contactMerge)
    .innerJoin(contact, and(eq(contact.id, contactMerge.mergedId), eq(contact.mergedInto, contactMerge.keptId)))
    .where(and(eq(contactMerge.keptId, keptId), eq(contactMerge.mergedId, mergedId), isNull(contactMerge.undoneAt)))
    .orderBy(desc(contactMerge.createdAt))
    .limit(1);
  if (!found) return null;
  const [shown] = await showContacts(ctx.tx, [await requireContact(ctx.tx, membership, keptId)]);
  return shown ? { contact: shown, mergeId: found.id } : null;
}

async function lockPair(
  ctx: TicketContext,
  membership: Membership,
  keptId: string,
  mergedId: string,
): Promise<[ContactRow, ContactRow]> {
  if (!isUuid(keptId) || !isUuid(mergedId)) throw notFound("contact");
  await lockIdentities(ctx, [keptId, mergedId]);
  const [kept, merged] = await lockContacts(ctx.tx, membership, [keptId, mergedId]);
  if (!kept || !merged) throw notFound("contact");
  return [kept, merged];
}

/** Whoever is about to write by one of these has the contact first, or waits. */
export async function lockIdentities(ctx: TicketContext, contactIds: string[]): Promise<void> {
  const known = inArray(identity.contactId, contactIds);
  await ctx.tx.select({ id: identity.id }).from(identity).where(known).orderBy(asc(identity.id)).for("update");
}

async function identitiesOf(ctx: TicketContext, contactId: string): Promise<string[]> {
  const rows = await ctx.tx.select({ id: identity.id }).from(identity).where(eq(identity.contactId, contactId));
  return rows.map(({ id }) => id);
}

type Move = { from: string; to: string };

/** Gives identities with all that hangs on them to another contact; both are locked by the caller. */
export async function moveIdentities(ctx: TicketContext, identityIds: string[], move: Move): Promise<void> {
  if (identityIds.length === 0) return;
  await ctx.tx.update(identity).set({ contactId: move.to }).where(inArray(identity.id, identityIds));
  const rows = await ctx.tx
    .select({ id: conversation.id })
    .from(conversation)
    .where(inArray(conversation.identityId, identityIds))
    .orderBy(asc(conversation.id));
  for (const { id } of rows) await moveConversation(ctx, id, move);
}

async function moveConversation(ctx: TicketContext, id: string, { from, to }: Move): Promise<void> {
  const locked = await lockConversation(ctx, id);
  if (!locked) throw new Error(`conversation ${id} is out of scope`);
  await moveTickets(ctx, id, { from, to });
  // Their own words stay theirs to change. A key that both used, which only a made-up one can be, stays with its writer.
  await ctx.tx.execute(sql`
    update message m set author_id = ${to}
    where m.conversation_id = ${id} and m.author_kind = 'contact' and m.author_id = ${from}
      and (m.client_id is null or not exists (select from ${message} other
        where other.author_kind = 'contact' and other.author_id = ${to} and other.client_id = m.client_id))`);
}

/** Writes what is known of a contact. */
export async function writeSide(ctx: TicketContext, id: string, side: Partial<MergeSide>): Promise<ContactRow> {
  const { blockedAt, ...rest } = side;
  const set = { ...rest, ...(blockedAt !== undefined && { blockedAt: blockedAt ? new Date(blockedAt) : null }) };
  const [row] = Object.keys(set).length
    ? await ctx.tx.update(contact).set(set).where(eq(contact.id, id)).returning()
    : await ctx.tx.select().from(contact).where(eq(contact.id, id));
  if (!row) throw new Error(`contact ${id} is out of scope`);
  return row;
}
