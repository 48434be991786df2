import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import type { GuestActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const PREFIX = "gzg_";

const hash = (token: string) => createHash("sha256").update(token).digest("hex");

/** A new secret for one guest and one conversation. It is returned here and nowhere else. */
export async function createGuestSession(
  ctx: Context,
  guest: { orgId: string; identityId: string; conversationId: string },
): Promise<string> {
  const token = PREFIX + randomBytes(32).toString("base64url");
  await ctx.tx
    .insert(schema.guestSession)
    .values({ id: newId(), ...guest, tokenHash: hash(token), createdAt: ctx.now });
  return token;
}

export const isGuestToken = (token: string) => token.startsWith(PREFIX);

/** Who holds this secret, or null. */
export async function guestOfToken(token: string): Promise<GuestActor | null> {
  if (!isGuestToken(token)) return null;
  const { guestSession, identity, contact, organisation } = schema;
  const [row] = await asSystem("guest sign-in", (tx) =>
    tx
      .select({ guest: guestSession, contactId: contact.id, name: contact.name })
      .from(guestSession)
      .innerJoin(identity, eq(identity.id, guestSession.identityId))
      .innerJoin(contact, eq(contact.id, identity.contactId))
      .innerJoin(organisation, eq(organisation.id, guestSession.orgId))
      .where(
        and(eq(guestSession.tokenHash, hash(token)), isNull(guestSession.revokedAt), isNull(organisation.suspendedAt)),
      ),
  );
  if (!row) return null;
  return {
    kind: "guest",
    guestId: row.guest.id,
    orgId: row.guest.orgId,
    contactId: row.contactId,
    identityId: row.guest.identityId,
    conversationId: row.guest.conversationId,
    name: row.name,
  };
}
