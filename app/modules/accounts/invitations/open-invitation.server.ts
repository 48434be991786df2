import { and, eq, gt, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { hashSecret } from "../identity/secret.server";

const { invitation, organisation } = schema;

export type OpenInvitation = typeof invitation.$inferSelect & { organisation: string; locale: string };

const SECRET = /^[A-Za-z0-9_-]{43}$/;

type Reading = Pick<Context, "tx" | "now">;

const select = (ctx: Reading, secret: string) =>
  ctx.tx
    .select({ invitation, organisation: organisation.name, locale: organisation.locale })
    .from(invitation)
    .innerJoin(organisation, eq(organisation.id, invitation.orgId))
    .where(
      and(
        eq(invitation.tokenHash, hashSecret(secret)),
        isNull(invitation.acceptedAt),
        isNull(invitation.revokedAt),
        isNull(organisation.suspendedAt),
        gt(invitation.expiresAt, ctx.now),
      ),
    );

async function only(
  found: ReturnType<typeof select> | ReturnType<ReturnType<typeof select>["for"]>,
): Promise<OpenInvitation> {
  const [row] = await found;
  if (!row) throw notFound("invitation");
  return { ...row.invitation, organisation: row.organisation, locale: row.locale };
}

/**
 * The invitation that a link's secret opens. Unknown, expired, revoked and used links, and those of a suspended
 * organisation, are told apart to nobody. Needs the system's eyes.
 * @throws AppError `not_found`
 */
export async function findOpenInvitation(ctx: Reading, secret: string): Promise<OpenInvitation> {
  if (!SECRET.test(secret)) throw notFound("invitation");
  return only(select(ctx, secret));
}

/** The same, held until the transaction ends. @throws AppError `not_found` */
export async function lockOpenInvitation(ctx: Reading, secret: string): Promise<OpenInvitation> {
  if (!SECRET.test(secret)) throw notFound("invitation");
  return only(select(ctx, secret).for("update", { of: invitation }));
}
