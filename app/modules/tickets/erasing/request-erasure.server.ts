import { and, desc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { requireContactsAdmin } from "~/modules/contacts/index.server";
import { inScope } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockContacts } from "../contacts/contact-sight.server";
import { eraseContact } from "./erase-contact.server";

const { erasure, contact } = schema;

export type Erasure = {
  id: string;
  contact_id: string;
  by: string;
  reason: string;
  requested_at: string;
  done_at: string | null;
  removed: Record<string, number> | null;
  proof: string | null;
};

const toErasure = (row: typeof erasure.$inferSelect): Erasure => ({
  id: row.id,
  contact_id: row.contactId,
  by: row.byName,
  reason: row.reason,
  requested_at: row.requestedAt.toISOString(),
  done_at: row.doneAt?.toISOString() ?? null,
  removed: row.removed,
  proof: row.proof,
});

/**
 * Asks for a person's data to be deleted; it cannot be undone. From now on the contact is in no list; the rest is done by a job.
 * @param input.typedName what the admin typed to confirm: the contact's name
 * @returns the id of the erasure; the same for who asks again
 * @throws AppError 403 to agents, 404 for no contact, `name_does_not_match`, `reason_needed` (422)
 */
export async function requestErasure(
  actor: Actor,
  orgId: string,
  input: { contactId: string; typedName: string; reason: string },
): Promise<string> {
  const by = requireContactsAdmin(actor, orgId);
  const reason = input.reason.replaceAll("\u0000", "").trim().slice(0, 500);
  if (!reason) throw invalid("reason_needed", { field: "reason" });
  return transact(by.actor, { orgId }, async (ctx) => {
    const [row] = await lockContacts(ctx.tx, by.membership, [input.contactId]);
    if (!row) throw notFound("contact");
    const plain = (text: string) => text.normalize("NFC").trim().toLocaleLowerCase();
    if (plain(input.typedName) !== plain(row.name)) throw invalid("name_does_not_match", { field: "typedName" });
    const id = newId();
    const values = { contactId: row.id, byMemberId: by.membership.memberId, byName: by.actor.name, reason };
    await ctx.tx.insert(erasure).values({ ...values, id, orgId, requestedAt: ctx.now });
    await ctx.tx.update(contact).set({ erasedAt: ctx.now }).where(eq(contact.id, row.id));
    await enqueue(ctx.tx, eraseContact, { erasureId: id }, { key: `erase:${id}` });
    await recordAudit(ctx, {
      orgId,
      action: "contact.erased",
      subject: { id: row.id, name: "" },
      after: { erasure: id },
    });
    return id;
  });
}

/** The organisation's erasures, the newest first, at most a hundred. @throws AppError 403 to agents */
export function listErasures(actor: Actor, orgId: string): Promise<Erasure[]> {
  requireContactsAdmin(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const mine = eq(erasure.orgId, orgId);
    const rows = await tx.select().from(erasure).where(mine).orderBy(desc(erasure.id)).limit(100);
    return rows.map(toErasure);
  });
}

/** @throws AppError 403 to agents, 404 */
export function getErasure(actor: Actor, orgId: string, id: string): Promise<Erasure> {
  requireContactsAdmin(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const mine = and(eq(erasure.orgId, orgId), eq(erasure.id, id));
    const [row] = isUuid(id) ? await tx.select().from(erasure).where(mine) : [];
    if (!row) throw notFound("erasure");
    return toErasure(row);
  });
}
