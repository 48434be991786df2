import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";

/** Makes a link useless before its time. @throws AppError `not_found` (also once accepted), `forbidden` */
export async function revokeInvitation(
  ctx: Context<Actor>,
  input: { orgId: string; invitationId: string },
): Promise<void> {
  const { invitation } = schema;
  const { orgId, invitationId } = input;
  await lockAndAuthorise(ctx, orgId, "invitations.write");
  if (!isUuid(invitationId)) throw notFound("invitation");
  const [revoked] = await ctx.tx
    .update(invitation)
    .set({ revokedAt: ctx.now })
    .where(
      and(
        eq(invitation.orgId, orgId),
        eq(invitation.id, invitationId),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
      ),
    )
    .returning({ email: invitation.email });
  if (!revoked) throw notFound("invitation");
  const subject = { id: invitationId, name: revoked.email ?? "" };
  await recordAudit(ctx, { orgId, action: "invitation.revoked", subject });
}
