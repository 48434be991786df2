import { and, eq, inArray, isNull } from "drizzle-orm";
import { conflict, forbidden } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Actor, SYSTEM } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { memberChanged } from "../events";
import { linkCharges, throttleFailures } from "../identity/throttle.server";
import { nameOfAccount } from "../members/find-member.server";
import { lockOrganisation } from "../organisations/lock-organisation.server";
import type { Client } from "../visitor/client.server";
import { findOpenInvitation, lockOpenInvitation, type OpenInvitation } from "./open-invitation.server";

const { account, area, areaMember, invitation, member } = schema;

export type Accepted = { orgId: string; memberId: string };

async function refuseOtherAddress(ctx: Context, open: OpenInvitation, accountId: string): Promise<void> {
  if (!open.email) return;
  const [person] = await ctx.tx.select({ email: account.email }).from(account).where(eq(account.id, accountId));
  if (person?.email.toLowerCase() !== open.email.toLowerCase()) throw forbidden("invitation_other_address");
}

/** Who left and is invited again is the same member, so that what they wrote is theirs again. */
async function enter(ctx: Context, open: OpenInvitation, accountId: string): Promise<string> {
  const { orgId, role } = open;
  const [before] = await ctx.tx
    .select()
    .from(member)
    .where(and(eq(member.orgId, orgId), eq(member.accountId, accountId)));
  if (before && !before.removedAt) throw conflict("already_member");
  if (!before) {
    const id = newId();
    await ctx.tx.insert(member).values({ id, orgId, accountId, role, createdAt: ctx.now });
    return id;
  }
  await ctx.tx.update(member).set({ role, removedAt: null, availability: "available" }).where(eq(member.id, before.id));
  return before.id;
}

async function accept(ctx: Context<Actor>, secret: string, accountId: string): Promise<Accepted> {
  // The organisation's row first, as everywhere, so that accepting and revoking at once do not wait for each other.
  const { orgId } = await findOpenInvitation(ctx, secret);
  await lockOrganisation(ctx, orgId);
  const open = await lockOpenInvitation(ctx, secret);
  await refuseOtherAddress(ctx, open, accountId);
  const memberId = await enter(ctx, open, accountId);
  const areas = await ctx.tx
    .select({ id: area.id })
    .from(area)
    .where(and(eq(area.orgId, orgId), inArray(area.id, open.areaIds), isNull(area.archivedAt)));
  if (areas.length > 0) {
    await ctx.tx.insert(areaMember).values(areas.map(({ id }) => ({ orgId, areaId: id, memberId })));
  }
  await ctx.tx.update(invitation).set({ acceptedAt: ctx.now, acceptedBy: accountId }).where(eq(invitation.id, open.id));
  const subject = { id: memberId, name: await nameOfAccount(ctx, accountId) };
  await recordAudit(ctx, { orgId, action: "member.joined", subject, after: { role: open.role } });
  ctx.emit(memberChanged, { orgId, memberId, accountId, change: "joined" });
  return { orgId, memberId };
}

/**
 * Makes the account a member as the invitation's row says: its organisation, role and areas, whatever the request says.
 * @throws AppError `not_found` (unknown, expired, revoked, used), `invitation_other_address` (403), `already_member` (409)
 */
export const acceptInvitation = (input: { secret: string; accountId: string; client: Client }): Promise<Accepted> =>
  throttleFailures(linkCharges(input.client.address), ["not_found"], () =>
    transactAsSystem(SYSTEM, "an invitation before one belongs", (ctx) => accept(ctx, input.secret, input.accountId)),
  );
