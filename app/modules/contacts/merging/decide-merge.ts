/** What a merge weighs of each of the two. */
export type MergeSide = {
  name: string;
  named: boolean;
  nameEdited: boolean;
  phone: string | null;
  phoneKey: string | null;
  email: string | null;
  notes: string | null;
  tags: string[];
  fields: Record<string, unknown>;
  variables: Record<string, unknown>;
  blockedAt: string | null;
};

export type Choice = "kept" | "merged";
/** By `name`, `phone`, `email`, `notes`, or `fields.<key>`. */
export type MergeChoices = Readonly<Record<string, Choice>>;

export type MergeConflict = { field: string; kept: unknown; merged: unknown };
export type MergeDecision = { result: MergeSide; conflicts: MergeConflict[] };

/** A side as it is stored, for a row of contact. */
export const sideOf = (row: Omit<MergeSide, "blockedAt"> & { blockedAt: Date | null }): MergeSide => ({
  name: row.name,
  named: row.named,
  nameEdited: row.nameEdited,
  phone: row.phone,
  phoneKey: row.phoneKey,
  email: row.email,
  notes: row.notes,
  tags: row.tags,
  fields: row.fields,
  variables: row.variables,
  blockedAt: row.blockedAt?.toISOString() ?? null,
});

/**
 * What one contact becomes of two. Where both say something different, the choice decides, else the one that is kept; a name
 * that only stands in for one gives way to a real one. Tags come together. Who was blocked stays so.
 */
export function decideMerge(kept: MergeSide, merged: MergeSide, choices: MergeChoices = {}): MergeDecision {
  const conflicts: MergeConflict[] = [];
  const prefers = (field: string, a: unknown, b: unknown): Choice => {
    if (isEmpty(b)) return "kept";
    if (isEmpty(a)) return "merged";
    if (a === b) return "kept";
    conflicts.push({ field, kept: a, merged: b });
    return choices[field] ?? "kept";
  };
  const sides = { kept, merged };
  const name = nameFrom(kept, merged, prefers);
  const phone = sides[prefers("phone", kept.phone, merged.phone)];
  const email = sides[prefers("email", kept.email, merged.email)];
  const notes = sides[prefers("notes", kept.notes, merged.notes)];
  const fields: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(kept.fields), ...Object.keys(merged.fields)])) {
    fields[key] = sides[prefers(`fields.${key}`, kept.fields[key], merged.fields[key])].fields[key];
  }
  const result: MergeSide = {
    name: sides[name].name,
    named: sides[name].named,
    nameEdited: sides[name].nameEdited,
    phone: phone.phone,
    phoneKey: phone.phoneKey,
    email: email.email,
    notes: notes.notes,
    tags: [...new Set([...kept.tags, ...merged.tags])],
    fields,
    variables: { ...merged.variables, ...kept.variables },
    blockedAt: kept.blockedAt ?? merged.blockedAt,
  };
  return { result, conflicts };
}

type Prefers = (field: string, a: unknown, b: unknown) => Choice;

function nameFrom(kept: MergeSide, merged: MergeSide, prefers: Prefers): Choice {
  if (kept.named !== merged.named) return kept.named ? "kept" : "merged";
  return prefers("name", kept.name, merged.name);
}

const isEmpty = (value: unknown) => value === null || value === undefined || value === "";

/**
 * What the kept contact becomes when a merge is undone: what stands as the merge left it goes back to what it was, what was
 * changed since stays.
 * @returns the values to write, and the names of those that stay
 */
export function decideUndo(
  now: MergeSide,
  result: MergeSide,
  before: MergeSide,
): { restored: Partial<MergeSide>; changedSince: string[] } {
  const restored: Record<string, unknown> = {};
  const changedSince: string[] = [];
  for (const field of Object.keys(before) as (keyof MergeSide)[]) {
    if (same(result[field], before[field])) continue;
    if (same(now[field], result[field])) restored[field] = before[field];
    else changedSince.push(field);
  }
  return { restored, changedSince };
}

/** Equal as JSON, whatever the order of keys, which a database does not keep. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}
