import { and, eq, isNull, or, sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";

export type Flags = Record<string, string | undefined>;
export type Command = {
  flags: readonly string[];
  /** What it takes after its name. */
  words?: readonly string[];
  run: (flags: Flags, words: string[]) => Promise<CommandResult>;
};

/** What a command prints, and, under this key, an exit code other than 0. */
export const EXIT_CODE = Symbol("exit code");
export type CommandResult = object & { [EXIT_CODE]?: number };

/** A command that was called wrongly; its message is what the person reads. */
export class UsageError extends Error {}

export const needed = (flags: Flags, name: string): string => {
  const value = flags[name];
  if (!value) throw new UsageError(`--${name} is missing`);
  return value;
};

export async function organisationId(flags: Flags): Promise<string> {
  const named = needed(flags, "org");
  const { organisation } = schema;
  const [row] = await asSystem("the organisation that a command names", (tx) =>
    tx
      .select({ id: organisation.id })
      .from(organisation)
      .where(or(eq(organisation.handle, named.toLowerCase()), isUuid(named) ? eq(organisation.id, named) : undefined)),
  );
  if (!row) throw new UsageError(`there is no organisation "${named}"`);
  return row.id;
}

/** The id of an area or a flow that is named by its id or its name; what is neither is left to be refused. */
export async function named(orgId: string, table: typeof schema.area | typeof schema.flow, name: string | undefined) {
  if (!name || isUuid(name)) return name;
  const [row] = await asSystem("what a command names", (tx) =>
    tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.orgId, orgId), sql`lower(${table.name}) = lower(${name})`, isNull(table.archivedAt))),
  );
  if (!row) throw new UsageError(`there is no "${name}" in the organisation`);
  return row.id;
}

/** @throws UsageError */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${name} is not JSON`);
  }
}
