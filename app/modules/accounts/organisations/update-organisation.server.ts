import { eq, sql } from "drizzle-orm";
import { brokenConstraint } from "~/platform/db.server";
import { conflict, invalid } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordChange } from "../audit/record-change.server";
import { parseChange } from "../forms/parse-change";
import { handleProblem } from "./handle";
import { lockAndAuthorise } from "./lock-organisation.server";
import { type OrganisationChange, organisationChange } from "./organisation-fields";

const { account, organisation } = schema;
type Row = typeof organisation.$inferSelect;

/** Handles of accounts and of organisations are one space of names. @throws AppError 422, 409 `handle_taken` */
async function checkHandle(ctx: Context<Actor>, handle: string): Promise<void> {
  const problem = handleProblem(handle);
  if (problem) throw invalid(problem, { field: "handle" });
  const people = ctx.tx.$count(account, eq(sql`lower(${account.handle})`, handle));
  if ((await people) > 0) throw conflict("handle_taken", { field: "handle" });
}

async function write(ctx: Context<Actor>, orgId: string, change: Partial<Row>): Promise<void> {
  try {
    await ctx.tx.transaction((tx) => tx.update(organisation).set(change).where(eq(organisation.id, orgId)));
  } catch (error) {
    if (brokenConstraint(error).startsWith("organisation_handle")) throw conflict("handle_taken", { field: "handle" });
    throw error;
  }
}

/**
 * Changes what an organisation is called and how it works; what is not named stays. Its public link follows its handle.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do; `handle_taken` (409)
 */
export async function updateOrganisation(
  ctx: Context<Actor>,
  input: { orgId: string; change: OrganisationChange },
): Promise<void> {
  const { orgId } = input;
  await lockAndAuthorise(ctx, orgId, "organisation.write");
  const change = parseChange(organisationChange, input.change);
  const [before] = await ctx.tx.select().from(organisation).where(eq(organisation.id, orgId));
  if (!before || Object.keys(change).length === 0) return;
  if (change.handle && change.handle !== before.handle) await checkHandle(ctx, change.handle);
  await write(ctx, orgId, change as Partial<Row>);
  const after = { ...before, ...change };
  await recordChange(ctx, { orgId, action: "organisation.changed", subject: after, before, after });
}
