import { eq, sql } from "drizzle-orm";
import { brokenConstraint } from "~/platform/db.server";
import { conflict, invalid, unauthorized } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { memberChanged } from "../events";
import { handleProblem } from "./handle";

type CreateOrganisationInput = {
  handle: string;
  name: string;
  /** Language of the organisation: `es`, `pt` or `en`. */
  locale: string;
  timeZone?: string;
  /** The first area, such as `General` in the organisation's language. */
  areaName: string;
  /** Who becomes the first admin; left out, the actor. */
  adminAccountId?: string;
};
export type CreatedOrganisation = { orgId: string; memberId: string; areaId: string };

async function insertOrganisation(ctx: Context, orgId: string, input: CreateOrganisationInput): Promise<void> {
  const { handle, name, locale, timeZone } = input;
  const { account } = schema;
  const [person] = await ctx.tx
    .select({ id: account.id })
    .from(account)
    .where(eq(sql`lower(${account.handle})`, handle));
  if (person) throw conflict("handle_taken");
  // Within a savepoint, so that a taken handle leaves the caller's transaction usable.
  try {
    await ctx.tx.transaction((tx) =>
      tx.insert(schema.organisation).values({ id: orgId, handle, name, locale, timeZone, createdAt: ctx.now }),
    );
  } catch (error) {
    if (brokenConstraint(error).startsWith("organisation_handle")) throw conflict("handle_taken");
    throw error;
  }
}

/**
 * A new organisation with its first admin, one area with that admin in it, and the counter of its tickets. Runs with the
 * system's eyes (`transactAsSystem`), since the organisation is not there yet. Channels are somebody else's to add, in
 * the same transaction.
 * @throws AppError `handle_malformed` or `handle_reserved` (422), `handle_taken` (409)
 */
export async function createOrganisation(
  ctx: Context<Actor>,
  input: CreateOrganisationInput,
): Promise<CreatedOrganisation> {
  const accountId = input.adminAccountId ?? (ctx.actor.kind === "account" ? ctx.actor.accountId : undefined);
  if (!accountId) throw unauthorized();
  const problem = handleProblem(input.handle);
  if (problem) throw invalid(problem);
  const [orgId, memberId, areaId] = [newId(), newId(), newId()];
  const createdAt = ctx.now;
  await insertOrganisation(ctx, orgId, input);
  await ctx.tx.insert(schema.ticketNumber).values({ orgId });
  await ctx.tx.insert(schema.area).values({ id: areaId, orgId, name: input.areaName, createdAt });
  await ctx.tx.insert(schema.member).values({ id: memberId, orgId, accountId, role: "admin", createdAt });
  await ctx.tx.insert(schema.areaMember).values({ orgId, areaId, memberId });
  const subject = { id: orgId, name: input.name };
  await recordAudit(ctx, { orgId, action: "organisation.created", subject, after: { handle: input.handle } });
  ctx.emit(memberChanged, { orgId, memberId, accountId, change: "joined" });
  return { orgId, memberId, areaId };
}
