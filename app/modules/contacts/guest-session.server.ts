import { createHash, randomBytes } from "node:crypto";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { GuestActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { createGather } from "~/platform/waiting/gather";
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

const HALF_A_YEAR_SECONDS = 180 * 24 * 3600;

const https = () => env().publicUrl.startsWith("https:");
const cookieName = () => (https() ? "__Host-guazu.guest" : "guazu.guest");

/**
 * The cookie in which a browser keeps the secrets of its chats, one for each organisation, the newest first. In a frame on
 * another site (`framed`) it is that site's alone, and of no use to any other.
 */
export function guestCookie(tokens: readonly string[], framed = false): string {
  const value = tokens.slice(0, MAX_CHATS).join(".");
  const sent = framed && https() ? "SameSite=None; Partitioned" : "SameSite=Lax";
  const secure = https() ? "; Secure" : "";
  return `${cookieName()}=${value}; Path=/; HttpOnly; ${sent}; Max-Age=${HALF_A_YEAR_SECONDS}${secure}`;
}

/** A cookie must stay small: five secrets are 250 bytes. */
const MAX_CHATS = 5;

/** The secrets in a `Cookie` header. */
export function guestTokens(header: string | null): string[] {
  const name = `${cookieName()}=`;
  const cookie = header?.split(/;\s*/).find((part) => part.startsWith(name));
  return (cookie?.slice(name.length).split(".") ?? []).filter(isGuestToken).slice(0, MAX_CHATS);
}

/** The guest of one conversation, by the secret that the browser holds for it. */
export async function guestOfCookie(header: string | null, conversationId: string): Promise<GuestActor | null> {
  for (const token of guestTokens(header)) {
    const guest = await guestOfToken(token);
    if (guest?.conversationId === conversationId) return guest;
  }
  return null;
}

/** Many who come at once, as sockets do after a restart, are looked up together. */
const guestOfHash = createGather<string, GuestActor | null>({
  async run(_, hashes) {
    const guests = new Map(
      (await readGuests([...new Set(hashes)])).map(({ tokenHash, ...guest }) => [tokenHash, guest]),
    );
    return hashes.map((hash) => guests.get(hash) ?? null);
  },
  maxBatch: 500,
  maxRunning: 4,
});

/** Who holds this secret, or null. */
export async function guestOfToken(token: string): Promise<GuestActor | null> {
  if (!isGuestToken(token)) return null;
  const hashed = hash(token);
  // Lanes, so that no query that hangs holds up everybody.
  return guestOfHash(String(hashed.charCodeAt(0) % 4), hashed);
}

function readGuests(hashes: readonly string[]) {
  const { guestSession, identity, contact, organisation } = schema;
  return asSystem("guest sign-in", (tx) =>
    tx
      .select({
        kind: sql<"guest">`'guest'`,
        tokenHash: guestSession.tokenHash,
        guestId: guestSession.id,
        orgId: guestSession.orgId,
        contactId: contact.id,
        identityId: guestSession.identityId,
        conversationId: guestSession.conversationId,
        name: contact.name,
      })
      .from(guestSession)
      .innerJoin(identity, eq(identity.id, guestSession.identityId))
      .innerJoin(contact, eq(contact.id, identity.contactId))
      .innerJoin(organisation, eq(organisation.id, guestSession.orgId))
      .where(
        and(
          sql`${guestSession.tokenHash} = any(${sql.param(hashes)}::text[])`,
          isNull(guestSession.revokedAt),
          isNull(organisation.suspendedAt),
        ),
      ),
  );
}

/** Which of these guests' secrets still count; one query for any number of open sockets. */
export async function livingGuests(guestIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (guestIds.length === 0) return new Set();
  const { guestSession, organisation } = schema;
  const rows = await asSystem("guests of open sockets", (tx) =>
    tx
      .select({ id: guestSession.id })
      .from(guestSession)
      .innerJoin(organisation, eq(organisation.id, guestSession.orgId))
      .where(
        and(inArray(guestSession.id, [...guestIds]), isNull(guestSession.revokedAt), isNull(organisation.suspendedAt)),
      ),
  );
  return new Set(rows.map((row) => row.id));
}
