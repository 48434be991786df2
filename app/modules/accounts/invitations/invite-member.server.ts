import { and, eq, isNull, sql } from "drizzle-orm";
import { env } from "~/platform/env.server";
import { conflict, unauthorized } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Role } from "~db/schema/accounts";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { hashSecret, newSecret } from "../identity/secret.server";
import { checkAreas } from "../members/set-member-areas.server";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";

const { account, invitation, member } = schema;

const INVITATION_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;
const MOST_PENDING = 500;

export type InviteInput = { id?: string; orgId: string; role: Role; areaIds: readonly string[]; email: string | null };
type Invited = { invitationId: string; link: string; expiresAt: Date };

async function refuseMember(ctx: Context, orgId: string, email: string): Promise<void> {
  const present = await ctx.tx
    .select({ id: member.id })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt), eq(sql`lower(${account.email})`, email)));
  if (present.length > 0) throw conflict("already_member");
}

const linkOf = (secret: string) => `${env().publicUrl}/invite/${secret}`;

/** A repeat whose first answer was lost: the same invitation under a new link, since nobody knows the first one's. */
async function tellAnew(ctx: Context, orgId: string, id: string): Promise<Invited | undefined> {
  const secret = newSecret();
  const same = and(eq(invitation.orgId, orgId), eq(invitation.id, id));
  const [row] = await ctx.tx
    .update(invitation)
    .set({ tokenHash: hashSecret(secret) })
    .where(same)
    .returning({ expiresAt: invitation.expiresAt });
  return row && { invitationId: id, link: linkOf(secret), expiresAt: row.expiresAt };
}

/**
 * `id` names it in advance: a repeat makes no second.
 * An invitation by link, good for seven days and one person; with an address, for nobody else. The link is told once:
 * only the hash of its secret is kept. Mailing it is `mailInvitation`'s, after the commit.
 * @throws AppError `not_found` (an area), `forbidden`, `already_member` or `too_many_invitations` (409)
 */
export async function inviteMember(ctx: Context<Actor>, input: InviteInput): Promise<Invited> {
  const { orgId, role, email } = input;
  if (ctx.actor.kind !== "account") throw unauthorized();
  await lockAndAuthorise(ctx, orgId, "invitations.write");
  const areaIds = await checkAreas(ctx, orgId, input.areaIds);
  const again = input.id && (await tellAnew(ctx, orgId, input.id));
  if (again) return again;
  if (email) await refuseMember(ctx, orgId, email);
  const pending = and(
    eq(invitation.orgId, orgId),
    isNull(invitation.acceptedAt),
    isNull(invitation.revokedAt),
    sql`${invitation.expiresAt} > ${ctx.now}`,
  );
  if ((await ctx.tx.$count(invitation, pending)) >= MOST_PENDING) throw conflict("too_many_invitations");
  const secret = newSecret();
  const row = {
    id: input.id ?? newId(),
    orgId,
    email,
    role,
    areaIds,
    tokenHash: hashSecret(secret),
    createdBy: ctx.actor.accountId,
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + INVITATION_DAYS * DAY_MS),
  };
  await ctx.tx.insert(invitation).values(row);
  await recordAudit(ctx, {
    orgId,
    action: "invitation.created",
    subject: { id: row.id, name: email ?? "" },
    after: { role, area_ids: areaIds },
  });
  return { invitationId: row.id, link: linkOf(secret), expiresAt: row.expiresAt };
}
