import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth/minimal";
import { systemDatabase } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { log } from "~/platform/log.server";
import { schema } from "~db/index.server";
import { PASSWORD_MAX, PASSWORD_MIN } from "../passwords/password-limits";
import { hashPassword, needsRehash, verifyPassword } from "../passwords/passwords.server";
import { rehash } from "../passwords/rehash.server";
import { SESSION_SECONDS, sessionCookieName } from "../sessions/session-cookie.server";
import { cookieSecret, servesHttps } from "../settings.server";

/** The header by which the address that the server found goes to the library; requests' own headers never do. */
export const ADDRESS_HEADER = "x-guazu-client-address";
/** Every reset link dies after this. */
export const RESET_SECONDS = 30 * 60;
/** A sign-up hashes within its transaction; hashing lets two through at once, so that more connections bring nothing. */
const CONNECTIONS = 4;

const part = log.child({ part: "accounts" });

async function verify({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const right = await verifyPassword(hash, password);
  if (right && needsRehash(hash)) await rehash(hash, await hashPassword(password));
  return right;
}

/** What the library writes is for its own developers: addresses of people are left out, and refusals are no warnings. */
const logger = {
  level: "info" as const,
  log: (level: string, message: string) => (level === "error" ? part.error(message) : part.debug(message)),
};

function create(database: ReturnType<typeof systemDatabase>) {
  const { account, credential, session, verification } = schema;
  const cookie = { name: sessionCookieName(), attributes: { secure: servesHttps() } };
  return betterAuth({
    appName: "GuazuApp",
    baseURL: env().publicUrl,
    secret: cookieSecret(),
    database: drizzleAdapter(database, {
      provider: "pg",
      schema: { user: account, account: credential, session, verification },
      transaction: true,
    }),
    user: {
      additionalFields: {
        locale: { type: "string", required: false },
        demoPassword: { type: "boolean", required: false, input: false },
      },
    },
    emailAndPassword: {
      enabled: true,
      autoSignIn: false,
      minPasswordLength: PASSWORD_MIN,
      // Code units here, people's characters in our own rule, which is asked first.
      maxPasswordLength: PASSWORD_MAX * 4,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify },
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    verification: { storeIdentifier: "hashed" },
    // Ours counts failures by account and address, and lives with the verbs; see throttle.server.ts.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger,
    advanced: {
      useSecureCookies: false,
      cookiePrefix: "guazu",
      cookies: { session_token: cookie },
      defaultCookieAttributes: { secure: servesHttps() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => newId() },
    },
  });
}

const instances = new WeakMap<object, ReturnType<typeof create>>();

/** better-auth on our tables. Its HTTP routes are not served: the verbs of this module call it. */
export function auth(): ReturnType<typeof create> {
  const database = systemDatabase("auth", CONNECTIONS);
  const known = instances.get(database);
  if (known) return known;
  const made = create(database);
  instances.set(database, made);
  return made;
}
