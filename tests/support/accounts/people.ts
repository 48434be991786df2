import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { type AccountActor, SYSTEM } from "~/modules/accounts/actor";
import { registerAccount } from "~/modules/accounts/identity/register-account.server";
import { newSecret } from "~/modules/accounts/identity/secret.server";
import { adoptRateLimiter } from "~/modules/accounts/identity/throttle.server";
import { createOrganisation } from "~/modules/accounts/organisations/create-organisation.server";
import { sessionCookie } from "~/modules/accounts/sessions/session-cookie.server";
import type { Client } from "~/modules/accounts/visitor/client.server";
import { actorOfCookie } from "~/modules/accounts/visitor/find-actor.server";
import { asSystem, closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { type EmittedEvent, listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";
import { transact, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { testDatabase } from "../postgres";

/** As an installation behind https without a mail server has it. */
export const settings = {
  PUBLIC_URL: "https://guazu.test",
  SECRET_KEY: "5ec4e7".repeat(11).slice(0, 64),
  NODE_ENV: "production",
};

export const PASSWORD = "mate amargo y chipa";

/** Opens a migrated database for the tests of a file, with fresh throttles for each. */
export function withDatabase(): void {
  let drop = async () => {};
  beforeAll(async () => {
    const made = await testDatabase();
    drop = made.drop;
    openDatabase(made.url);
  });
  beforeEach(() => {
    setEnv(readEnv(settings));
    adoptRateLimiter(memoryRateLimiter());
  });
  afterAll(async () => {
    await closeDatabase();
    await drop();
  });
}

export const client = (over: Partial<Client> = {}): Client => ({
  address: "203.0.113.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0.0.0 Safari/537.36",
  sessionToken: null,
  ...over,
});

export type Person = { accountId: string; name: string; email: string };

/** An account without a password, which costs no hash. */
export async function makePerson(name = "Ana"): Promise<Person> {
  const person = { accountId: newId(), name, email: `${name.toLowerCase()}-${newId()}@example.test` };
  await asSystem("test", (tx) => tx.insert(schema.account).values({ id: person.accountId, name, email: person.email }));
  return person;
}

/** An account that can sign in with PASSWORD. */
export async function makeAccount(name = "Ana"): Promise<Person> {
  const email = `${name.toLowerCase()}-${newId()}@example.test`;
  const { accountId } = await registerAccount({ name, email, password: PASSWORD, locale: null });
  return { accountId, name, email };
}

/** A living session of a person, as its cookie. */
export async function openSession(accountId: string): Promise<{ cookie: string; sessionId: string; token: string }> {
  const row = { id: newId(), token: newSecret(), userId: accountId, expiresAt: new Date(Date.now() + 3_600_000) };
  await asSystem("test", (tx) => tx.insert(schema.session).values(row));
  return { cookie: cookiePair(sessionCookie(row.token)), sessionId: row.id, token: row.token };
}

export const cookiePair = (setCookie: string): string => setCookie.split(";", 1)[0] as string;

/** The person as a browser's request makes them, with what they are a member of right now. */
export async function actorFor(person: { accountId: string }): Promise<AccountActor> {
  const { cookie } = await openSession(person.accountId);
  const actor = await actorOfCookie(cookie);
  if (!actor) throw new Error("the session does not live");
  return actor;
}

/** A request of a browser that is signed in by a cookie, or not. */
export const request = (cookie: string | null, path = "/inbox", method = "GET"): Request =>
  new Request(`https://guazu.test${path}`, { method, headers: cookie ? { Cookie: cookie } : {} });

export type Organisation = { orgId: string; memberId: string; areaId: string; admin: Person };

export async function makeOrganisation(admin?: Person): Promise<Organisation> {
  const person = admin ?? (await makePerson("Admin"));
  const input = { handle: `org-${newId().slice(-12)}`, name: "Yerbatera", locale: "es", areaName: "General" };
  const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createOrganisation(ctx, { ...input, adminAccountId: person.accountId }),
  );
  return { ...made, admin: person };
}

/** Puts a person into an organisation, past all verbs. */
export async function addMember(
  orgId: string,
  person: Person,
  role: "agent" | "admin" = "agent",
  areaIds: string[] = [],
) {
  const memberId = newId();
  await asSystem("test", async (tx) => {
    await tx.insert(schema.member).values({ id: memberId, orgId, accountId: person.accountId, role });
    for (const areaId of areaIds) await tx.insert(schema.areaMember).values({ orgId, areaId, memberId });
  });
  return memberId;
}

/** Runs a verb as a request would: within its actor's organisation, bound by row-level security. */
export const inOrganisation = <T>(
  actor: AccountActor,
  orgId: string,
  work: Parameters<typeof transact<AccountActor, T>>[2],
): Promise<T> => transact(actor, { orgId, accountId: actor.accountId }, work);

/** What was said while `work` ran. */
export async function heard(work: () => Promise<unknown>): Promise<{ name: string; data: unknown }[]> {
  const said: EmittedEvent[] = [];
  const stop = listen((events) => {
    said.push(...events);
  });
  try {
    await work();
  } finally {
    stop();
  }
  return said.map(({ definition, data }) => ({ name: definition.name, data }));
}

/** The code and status with which something is refused. */
export const refusal = (status: number, code: string) => expect.objectContaining({ status, code });

export const readSessions = (accountId: string) =>
  asSystem("test", (tx) => tx.select().from(schema.session).where(eq(schema.session.userId, accountId)));
