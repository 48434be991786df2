import { and, desc, eq, gt, isNull, lt } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Role } from "~db/schema/accounts";
import type { Actor } from "../actor";
import { authorise } from "../policy";

const { account, invitation } = schema;

type InvitationListed = {
  id: string;
  email: string | null;
  role: Role;
  areaIds: string[];
  invitedBy: string | null;
  createdAt: string;
  expiresAt: string;
};

const LIMIT = 100;

/** Invitations that can still be accepted, newest first; `cursor` is the last id of the page before. @throws `forbidden` */
export async function listInvitations(
  ctx: Context<Actor>,
  input: { orgId: string; cursor?: string },
): Promise<{ invitations: InvitationListed[]; nextCursor: string | null }> {
  const { orgId, cursor } = input;
  authorise(ctx.actor, orgId, "invitations.write");
  const rows = await ctx.tx
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      areaIds: invitation.areaIds,
      invitedBy: account.name,
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .leftJoin(account, eq(account.id, invitation.createdBy))
    .where(
      and(
        eq(invitation.orgId, orgId),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
        gt(invitation.expiresAt, ctx.now),
        cursor ? lt(invitation.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(invitation.id))
    .limit(LIMIT + 1);
  const invitations = rows
    .slice(0, LIMIT)
    .map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() }));
  return { invitations, nextCursor: rows.length > LIMIT ? (invitations.at(-1)?.id ?? null) : null };
}
