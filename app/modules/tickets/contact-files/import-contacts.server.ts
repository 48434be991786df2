import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { applyPatch, type ContactDetails, type CsvRecord, type CustomField } from "~/modules/contacts";
import { readFields, requireContactsAdmin } from "~/modules/contacts/index.server";
import { AppError, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { tellContact } from "../contacts/contact-changed.server";
import { regionOf } from "../contacts/contact-sight.server";
import { type Problem, patchOfCells } from "./cells";
import { type FileEnd, readLines } from "./read-lines";

const AT_ONCE = 200;
const MOST_LINES = 200_000;
/** A report shows so many wrong lines; the rest are counted. */
const MOST_PROBLEMS = 1_000;
const { contact, contactImport } = schema;

export type ImportOptions = {
  fileName: string;
  /** What each column is: a detail's name, `field:<key>`, or "" for nothing. */
  columns: readonly string[];
  dryRun: boolean;
  /** What becomes of contacts that are there already, by telephone or e-mail address. */
  existing: "update" | "skip";
};

export type ImportReport = {
  lines: number;
  created: number;
  updated: number;
  skipped: number;
  wrong: number;
  problems: Problem[];
};

type Around = { region: string; fields: CustomField[] };
type Read = { line: number; details: Partial<ContactDetails> & { name?: string } };

/**
 * Reads contacts from a file, or tries to: each wrong line is reported and left out, the others are stored in bounded batches,
 * so that what was told as done stays done should the file or the line to it break.
 * @param onProgress hears the report after each batch
 * @returns the id under which the report is kept
 * @throws AppError 403 to agents, `import_needs_name` (422), like `readLines`
 */
export async function importContacts(
  actor: Actor,
  orgId: string,
  body: AsyncIterable<Uint8Array>,
  options: ImportOptions,
  onProgress: (report: Readonly<ImportReport>) => void = () => {},
): Promise<{ id: string; report: ImportReport }> {
  const by = requireContactsAdmin(actor, orgId);
  const run = <T>(work: (ctx: Context<Actor>) => Promise<T>) => transact<Actor, T>(by.actor, { orgId }, work);
  const around = await run(async (ctx) => ({
    region: await regionOf(ctx.tx, orgId),
    fields: await readFields(ctx, { orgId, subject: "contact" }),
  }));
  requireColumns(options.columns, around.fields);
  const report: ImportReport = { lines: 0, created: 0, updated: 0, skipped: 0, wrong: 0, problems: [] };
  // What one run made, a dry one too, counts as there for its later lines.
  const seen = new Set<string>();
  let batch: Read[] = [];
  const flush = async () => {
    if (batch.length > 0) await run((ctx) => storeBatch(ctx, orgId, batch, options, report, seen));
    batch = [];
    onProgress(report);
  };
  const wrong = (problem: Problem) => {
    report.wrong++;
    if (report.problems.length < MOST_PROBLEMS) report.problems.push(problem);
  };
  const lines = readLines(body);
  const nextLine = () => lines.next().catch((error: unknown) => brokenOff(error, report.lines));
  const headings = await nextLine();
  let next = headings.done ? headings : await nextLine();
  for (; !next.done && report.lines < MOST_LINES; next = await nextLine()) {
    report.lines++;
    const read = readLine(next.value, options.columns, around);
    if ("code" in read) wrong(read);
    else batch.push(read);
    if (batch.length >= AT_ONCE) await flush();
  }
  if (!next.done) wrong({ line: next.value.line, column: null, code: "too_many_lines", value: "" });
  else if (next.value.fault) wrong({ ...next.value.fault, column: null, value: "" });
  await flush();
  const id = await run((ctx) => keepReport(ctx, orgId, by.actor.name, options, report));
  return { id, report };
}

/** What came of a file whose way to here broke: its end, for a report of what was taken until then. */
function brokenOff(error: unknown, lines: number): IteratorReturnResult<FileEnd> {
  if (error instanceof AppError) throw error;
  // The first line has the headings.
  return { done: true, value: { fault: { line: lines + 2, code: "file_broken_off" } } };
}

/** @throws AppError `import_needs_name`, `import_columns_invalid` (422) */
function requireColumns(columns: readonly string[], fields: readonly CustomField[]): void {
  const known = new Set(["", "name", "phone", "email", "notes", "tags", ...fields.map(({ key }) => `field:${key}`)]);
  const named = columns.filter(Boolean);
  if (!columns.every((column) => known.has(column)) || new Set(named).size < named.length)
    throw invalid("import_columns_invalid");
  if (!named.includes("name")) throw invalid("import_needs_name");
}

function readLine(record: CsvRecord, columns: readonly string[], around: Around): Read | Problem {
  const cells = patchOfCells(record, columns);
  if ("code" in cells) return cells;
  try {
    return { line: record.line, details: applyPatch({ fields: {} }, cells.patch, around) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const field = String((error.data as { field?: string } | null)?.field ?? "").replace(/^fields\./, "field:");
    const value = record.cells[columns.indexOf(field)] ?? "";
    return { line: record.line, column: field || null, code: error.code, value: value.slice(0, 200) };
  }
}

const keysOf = ({ phoneKey, email }: { phoneKey?: string | null; email?: string | null }) =>
  [phoneKey && `p${phoneKey}`, email && `e${email}`].filter((key): key is string => Boolean(key));

async function storeBatch(
  ctx: Context<Actor>,
  orgId: string,
  batch: readonly Read[],
  { dryRun, existing }: ImportOptions,
  report: ImportReport,
  seen: Set<string>,
): Promise<void> {
  const known = await findKnown(ctx, orgId, batch);
  // A transaction may run again from its start: what it counts is added at its end.
  const counts = { created: 0, updated: 0, skipped: 0 };
  const met = new Set<string>();
  for (const { details } of batch) {
    const keys = keysOf(details);
    const row = keys.map((key) => known.get(key)).find(Boolean);
    const there = row !== undefined || keys.some((key) => seen.has(key) || met.has(key));
    for (const key of keys) met.add(key);
    if (there && existing === "skip") counts.skipped++;
    else if (there) counts.updated++;
    else counts.created++;
    if (dryRun || (there && existing === "skip")) continue;
    const stored = row ? await updateRow(ctx, row, details) : await insertRow(ctx, orgId, details);
    for (const key of keysOf(stored)) known.set(key, stored);
  }
  for (const key of met) seen.add(key);
  report.created += counts.created;
  report.updated += counts.updated;
  report.skipped += counts.skipped;
}

type Row = typeof contact.$inferSelect;

/** Locked in the order of ids, as all do who lock several. */
async function findKnown(ctx: Context, orgId: string, batch: readonly Read[]): Promise<Map<string, Row>> {
  const phones = batch.flatMap(({ details }) => details.phoneKey ?? []);
  const emails = batch.flatMap(({ details }) => details.email ?? []);
  if (phones.length + emails.length === 0) return new Map();
  const same = or(inArray(contact.phoneKey, phones), inArray(contact.email, emails));
  const rows = await ctx.tx
    .select()
    .from(contact)
    .where(and(eq(contact.orgId, orgId), isNull(contact.mergedInto), isNull(contact.erasedAt), same))
    .orderBy(contact.id)
    .for("no key update");
  return new Map(rows.flatMap((row) => keysOf(row).map((key) => [key, row] as const)));
}

async function updateRow(ctx: Context, row: Row, details: Read["details"]): Promise<Row> {
  // An empty cell says nothing of what is known.
  const said = Object.fromEntries(
    Object.entries(details).filter(([name, value]) => value !== null && !["tags", "fields"].includes(name)),
  );
  const tags = [...new Set([...row.tags, ...(details.tags ?? [])])];
  const set = { ...said, tags, fields: { ...row.fields, ...details.fields }, named: true, nameEdited: true };
  const [changed] = await ctx.tx.update(contact).set(set).where(eq(contact.id, row.id)).returning();
  if (!changed) throw new Error(`contact ${row.id} is out of scope`);
  if (changed.name !== row.name) await tellContact(ctx, changed);
  return changed;
}

async function insertRow(ctx: Context, orgId: string, { name = "", ...details }: Read["details"]): Promise<Row> {
  const values = { ...details, name, id: newId(), orgId, nameEdited: true, createdAt: ctx.now };
  const [row] = await ctx.tx.insert(contact).values(values).returning();
  if (!row) throw new Error("insert returned nothing");
  return row;
}

async function keepReport(
  ctx: Context<Actor>,
  orgId: string,
  byName: string,
  { fileName, dryRun }: ImportOptions,
  { lines, created, updated, problems }: ImportReport,
): Promise<string> {
  const id = newId();
  const counts = { dryRun, lines, created, updated };
  const name = fileName.replaceAll("\u0000", "").slice(0, 200);
  await ctx.tx
    .insert(contactImport)
    .values({ id, orgId, byName, fileName: name, ...counts, problems, createdAt: ctx.now });
  if (!dryRun) await recordAudit(ctx, { orgId, action: "contacts.imported", subject: { id, name: "" }, after: counts });
  return id;
}
