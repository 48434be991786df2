import { and, asc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { conflict, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { readSteps } from "./check-steps";
import { LONGEST_MACRO_NAME, type Macro, type MacroScope } from "./macro";
import type { MacroStep } from "./macro-step";

const { macro } = schema;
export type MacroRow = typeof macro.$inferSelect;
export type MacroPlace = { scope: MacroScope; memberId: string | null };

/** SQL: a member's own, and everybody's. */
const usedBy = ({ orgId, memberId }: Membership): SQL | undefined =>
  and(eq(macro.orgId, orgId), or(eq(macro.memberId, memberId), eq(macro.scope, "organisation")));

/** One's own are one's own, everybody's are the admins'. */
export const mayEdit = ({ memberId, role }: Membership, place: Pick<MacroRow, "scope" | "memberId">): boolean =>
  place.scope === "member" ? place.memberId === memberId : role === "admin";

/** Steps as they were kept; none where an older version kept what this one cannot do. */
export function stepsOf({ steps }: Pick<MacroRow, "steps">): MacroStep[] {
  const read = readSteps(steps);
  return "steps" in read ? read.steps : [];
}

export const toMacro = (row: MacroRow, membership: Membership): Macro => ({
  id: row.id,
  scope: row.scope === "member" ? "member" : "organisation",
  name: row.name,
  steps: stepsOf(row),
  used: row.used,
  updatedAt: row.updatedAt.toISOString(),
  mayEdit: mayEdit(membership, row),
});

/** The macros that a member may run: their own first, each by its name. */
export async function readMacros(tx: Tx, membership: Membership): Promise<Macro[]> {
  const rows = await tx
    .select()
    .from(macro)
    .where(usedBy(membership))
    .orderBy(sql`${macro.scope} <> 'member'`, sql`lower(${macro.name})`, asc(macro.id));
  return rows.map((row) => toMacro(row, membership));
}

/** One that a member may run. @throws AppError 404 */
export async function findMacro(tx: Tx, membership: Membership, id: string): Promise<MacroRow> {
  const [row] = isUuid(id)
    ? await tx
        .select()
        .from(macro)
        .where(and(usedBy(membership), eq(macro.id, id)))
    : [];
  if (!row) throw notFound("macro");
  return row;
}

/** One that a member may change, locked. @throws AppError 404 for what is not theirs to change */
export async function lockMacro(tx: Tx, membership: Membership, id: string): Promise<MacroRow> {
  const [row] = isUuid(id)
    ? await tx
        .select()
        .from(macro)
        .where(and(usedBy(membership), eq(macro.id, id)))
        .for("update")
    : [];
  if (!row || !mayEdit(membership, row)) throw notFound("macro");
  return row;
}

/** SQL: the macros beside which one stands. */
export const beside = (orgId: string, { scope, memberId }: MacroPlace): SQL | undefined =>
  and(eq(macro.orgId, orgId), eq(macro.scope, scope), memberId === null ? undefined : eq(macro.memberId, memberId));

/** Who writes macros stands in line, so that names stay unique without a failed transaction. */
export const standInLine = (tx: Tx, orgId: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`macros:${orgId}`}, 0))`);

/** @throws AppError `macro_name_taken` (409) where another macro of the place has it, however it is written */
export async function requireFreeName(tx: Tx, orgId: string, place: MacroPlace, name: string, own = ""): Promise<void> {
  const same = and(beside(orgId, place), sql`lower(${macro.name}) = lower(${name})`);
  const found = await tx.select({ id: macro.id }).from(macro).where(same);
  if (found.some(({ id }) => id !== own)) throw conflict("macro_name_taken");
}

/** @throws AppError `macro_name_invalid` (422) */
export function checkName(given: string): string {
  const name = given.replaceAll("\u0000", "").toWellFormed().trim();
  if (name === "" || name.length > LONGEST_MACRO_NAME) throw invalid("macro_name_invalid");
  return name;
}

/**
 * Steps as they are kept.
 * @throws AppError 422 `steps_invalid`, `close_comes_last`, `variable_unknown`, `area_unknown`, `assignee_unknown`, each with
 *   `data.step` from 1
 */
export async function checkSteps(tx: Tx, given: unknown): Promise<MacroStep[]> {
  const read = readSteps(given);
  if ("problem" in read) throw invalid(read.problem.code, { step: read.problem.step });
  const areas = await openAreas(tx, idsIn(read.steps, "area_id"));
  const members = await presentMembers(tx, idsIn(read.steps, "member_id"));
  for (const [at, step] of read.steps.entries()) {
    if (step.do === "transfer" && !areas.has(step.area_id)) throw invalid("area_unknown", { step: at + 1 });
    if (step.do === "assign" && !members.has(step.member_id)) throw invalid("assignee_unknown", { step: at + 1 });
  }
  return read.steps;
}

const idsIn = (steps: readonly MacroStep[], field: "area_id" | "member_id"): string[] =>
  steps.flatMap((step) => ((step as Record<string, unknown>)[field] as string | undefined) ?? []);

async function openAreas(tx: Tx, ids: string[]): Promise<Set<string>> {
  const { area } = schema;
  const rows =
    ids.length > 0
      ? await tx
          .select({ id: area.id })
          .from(area)
          .where(and(inArray(area.id, ids), isNull(area.archivedAt)))
      : [];
  return new Set(rows.map(({ id }) => id));
}

async function presentMembers(tx: Tx, ids: string[]): Promise<Set<string>> {
  const { member } = schema;
  const rows =
    ids.length > 0
      ? await tx
          .select({ id: member.id })
          .from(member)
          .where(and(inArray(member.id, ids), isNull(member.removedAt)))
      : [];
  return new Set(rows.map(({ id }) => id));
}
