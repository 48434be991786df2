import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import type { CustomField } from "~/modules/contacts";
import { readFields, requireContactsAdmin } from "~/modules/contacts/index.server";
import { CSV_BEGIN, csvLine } from "~/platform/csv/csv-line";
import { lineStream } from "~/platform/csv/line-stream";
import { inScope } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { contactsInSight } from "../contacts/contact-sight.server";

const AT_ONCE = 500;
const { contact } = schema;

const COLUMNS = ["id", "name", "phone", "email", "notes", "tags", "blocked_at", "created_at"] as const;

export const exportHeader = (fields: readonly CustomField[]): string =>
  csvLine([...COLUMNS, ...fields.map(({ key }) => `field:${key}`)]);

type Row = typeof contact.$inferSelect;

const cell = (value: unknown) => (value === null || value === undefined ? "" : String(value));

const lineOf = (row: Row, fields: readonly CustomField[]) =>
  csvLine([
    row.id,
    row.name,
    cell(row.phone),
    cell(row.email),
    cell(row.notes),
    row.tags.join("; "),
    cell(row.blockedAt?.toISOString()),
    row.createdAt.toISOString(),
    ...fields.map(({ key }) => cell(row.fields[key])),
  ]);

/** A page that follows within this time is of the same export. */
const EXPORT_LASTS = sql`interval '1 hour'`;

/**
 * Says in the audit log that contacts leave, before the first does: once for all pages of an export, and again for what
 * calls itself a later page of one that nobody began.
 * @throws AppError 403 to agents
 */
export async function beginExport(actor: Actor, orgId: string, cursor?: string): Promise<CustomField[]> {
  const by = requireContactsAdmin(actor, orgId, "contacts:read");
  return transact(by.actor, { orgId }, async (ctx) => {
    const begun = cursor && (await hasBegun(ctx, by.membership));
    if (!begun) await recordAudit(ctx, { orgId, action: "contacts.exported" });
    return readFields(ctx, { orgId, subject: "contact" });
  });
}

async function hasBegun(ctx: Context, { orgId, memberId }: Membership): Promise<boolean> {
  const { auditEntry } = schema;
  const mine = and(eq(auditEntry.orgId, orgId), eq(auditEntry.actorId, memberId));
  const recent = gt(auditEntry.createdAt, sql`now() - ${EXPORT_LASTS}`);
  const [line] = await ctx.tx
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(and(mine, eq(auditEntry.action, "contacts.exported"), recent))
    .limit(1);
  return line !== undefined;
}

/**
 * A page of the contacts that an admin sees as lines of CSV with all their fields, in the order in which they were made; no
 * cell is a formula to whatever program opens it (TA19).
 * @throws AppError 403 to agents, `cursor_invalid` (422)
 */
export async function exportPage(
  actor: Actor,
  orgId: string,
  fields: readonly CustomField[],
  page: { cursor?: string; limit?: number },
): Promise<{ lines: string; nextCursor: string | null }> {
  const { membership } = requireContactsAdmin(actor, orgId, "contacts:read");
  const { cursor, limit = AT_ONCE } = page;
  if (cursor && !isUuid(cursor)) throw invalid("cursor_invalid");
  return inScope({ orgId }, async (tx) => {
    const rows = await tx
      .select()
      .from(contact)
      .where(and(await contactsInSight(tx, membership), cursor ? gt(contact.id, cursor) : undefined))
      .orderBy(asc(contact.id))
      .limit(limit + 1);
    const kept = rows.slice(0, limit);
    const nextCursor = rows.length > limit ? (kept.at(-1)?.id ?? null) : null;
    return { lines: kept.map((row) => lineOf(row, fields)).join(""), nextCursor };
  });
}

/**
 * All contacts as a stream of CSV that is read as fast as it is taken. Whether the reader is still an admin is asked for each
 * page (TA18).
 * @param stillAdmin throws where it is so no more
 */
export async function exportContacts(
  actor: Actor,
  orgId: string,
  stillAdmin: () => Promise<Actor>,
): Promise<ReadableStream<Uint8Array>> {
  const fields = await beginExport(actor, orgId);
  return lineStream(CSV_BEGIN + exportHeader(fields), async (cursor) => {
    const page = await exportPage(await stillAdmin(), orgId, fields, { cursor: cursor ?? undefined });
    return { lines: page.lines, next: page.nextCursor };
  });
}
