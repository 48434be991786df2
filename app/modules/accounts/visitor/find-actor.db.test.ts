import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { asSystem, systemDatabase } from "~/platform/db.server";
import { schema } from "~db/index.server";
import {
  addMember,
  makeOrganisation,
  makePerson,
  openSession,
  readSessions,
  refusal,
  request,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import type { AccountActor } from "../actor";
import { actorOfCookie, findActor, findProfile } from "./find-actor.server";
import { refreshActors } from "./refresh-actors.server";
import { requireActor, requireAdmin, requireMember } from "./require-actor.server";

withDatabase();

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("who sends a request", () => {
  test("an account with its memberships and areas, all in one query", async () => {
    const ana = await makePerson();
    const [one, two] = [await makeOrganisation(), await makeOrganisation(ana)];
    const memberId = await addMember(one.orgId, ana, "agent", [one.areaId]);
    const { cookie, sessionId } = await openSession(ana.accountId);
    const asked = vi.spyOn(systemDatabase("visitors", 6), "execute");
    const page = request(cookie);
    const [actor, profile, again] = await Promise.all([findActor(page), findProfile(page), findActor(request(cookie))]);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
    expect(actor).toEqual({
      kind: "account",
      accountId: ana.accountId,
      name: "Ana",
      email: ana.email,
      sessionId,
      token: null,
      memberships: expect.arrayContaining([
        { orgId: one.orgId, memberId, role: "agent", areaIds: [one.areaId] },
        { orgId: two.orgId, memberId: two.memberId, role: "admin", areaIds: [two.areaId] },
      ]),
    });
    expect(again).toEqual(actor);
    expect(profile).toMatchObject({ accountId: ana.accountId, demoPassword: false, locale: null });
    expect(profile?.organisations).toHaveLength(2);
    expect(profile?.organisations[0]).toMatchObject({ name: "Yerbatera", locale: "es", availability: "available" });
  });

  test("nobody without a cookie of ours, and without asking the database", async () => {
    const asked = vi.spyOn(systemDatabase("visitors", 6), "execute");
    for (const cookie of [null, "", "a=b", "__Host-guazu.session=", "__Host-guazu.session=made.up"]) {
      expect(await findActor(request(cookie))).toBeNull();
      expect(await actorOfCookie(cookie)).toBeNull();
    }
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test("nobody once the session is past its end", async () => {
    const ana = await makePerson();
    const { cookie, sessionId } = await openSession(ana.accountId);
    await asSystem("test", (tx) =>
      tx
        .update(schema.session)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(schema.session.id, sessionId)),
    );
    expect(await findActor(request(cookie))).toBeNull();
  });

  test("an organisation that one left, or that is suspended, is none of theirs", async () => {
    const ana = await makePerson();
    const [left, suspended, kept] = [await makeOrganisation(), await makeOrganisation(), await makeOrganisation()];
    const memberId = await addMember(left.orgId, ana);
    await addMember(suspended.orgId, ana);
    await addMember(kept.orgId, ana);
    await asSystem("test", async (tx) => {
      await tx.update(schema.member).set({ removedAt: new Date() }).where(eq(schema.member.id, memberId));
      await tx
        .update(schema.organisation)
        .set({ suspendedAt: new Date() })
        .where(eq(schema.organisation.id, suspended.orgId));
    });
    const { cookie } = await openSession(ana.accountId);
    expect((await findActor(request(cookie)))?.memberships.map(({ orgId }) => orgId)).toEqual([kept.orgId]);
  });

  test("reading pages writes nothing; a change notes the use, at most every five minutes", async () => {
    const ana = await makePerson();
    const { cookie, sessionId } = await openSession(ana.accountId);
    const long = new Date(Date.now() - 3_600_000);
    await asSystem("test", (tx) =>
      tx.update(schema.session).set({ updatedAt: long }).where(eq(schema.session.id, sessionId)),
    );
    const seen = async () => (await readSessions(ana.accountId))[0]?.updatedAt.getTime();
    await findActor(request(cookie));
    expect(await seen()).toBe(long.getTime());
    await findActor(request(cookie, "/inbox", "POST"));
    const noted = await seen();
    expect(noted).toBeGreaterThan(long.getTime());
    await findActor(request(cookie, "/inbox", "POST"));
    expect(await seen()).toBe(noted);
  });
});

describe("guards", () => {
  test("send a browser that reads a page to sign in, with the way back", async () => {
    const thrown = (await thrownBy(requireActor(request(null, "/inbox/7?view=mine")))) as Response;
    expect(thrown.status).toBe(302);
    expect(thrown.headers.get("Location")).toBe("/login?next=%2Finbox%2F7%3Fview%3Dmine");
  });

  test("refuse everything else", async () => {
    for (const [path, method] of [
      ["/inbox", "POST"],
      ["/media/x", "GET"],
      ["/api/v1/me", "GET"],
      ["/uploads/x", "GET"],
    ] as const) {
      expect(await thrownBy(requireActor(request(null, path, method)))).toEqual(refusal(401, "unauthorized"));
    }
  });

  test("the active organisation is the chosen one while it is theirs, else the oldest", async () => {
    const ana = await makePerson();
    const [first, second, foreign] = [
      await makeOrganisation(ana),
      await makeOrganisation(ana),
      await makeOrganisation(),
    ];
    const { cookie } = await openSession(ana.accountId);
    const active = async (chosen?: string) =>
      (await requireMember(request(chosen ? `${cookie}; org=${chosen}` : cookie))).membership.orgId;
    expect(await active()).toBe(first.orgId);
    expect(await active(second.orgId)).toBe(second.orgId);
    expect(await active(foreign.orgId)).toBe(first.orgId);
    expect(await active("' or 1=1")).toBe(first.orgId);
  });

  test("an agent is no admin, and who belongs nowhere is no member", async () => {
    const [ana, eva] = [await makePerson(), await makePerson("Eva")];
    const org = await makeOrganisation();
    await addMember(org.orgId, ana);
    const [anas, evas, admins] = [
      await openSession(ana.accountId),
      await openSession(eva.accountId),
      await openSession(org.admin.accountId),
    ];
    expect(await thrownBy(requireAdmin(request(anas.cookie)))).toEqual(refusal(403, "forbidden"));
    expect(await thrownBy(requireMember(request(evas.cookie)))).toEqual(refusal(403, "no_organisation"));
    expect((await requireAdmin(request(admins.cookie))).membership).toMatchObject({ orgId: org.orgId, role: "admin" });
  });
});

test("open sockets are asked about together, and answer in order", async () => {
  const [ana, eva] = [await makePerson(), await makePerson("Eva")];
  const [anas, evas] = [await openSession(ana.accountId), await openSession(eva.accountId)];
  const actors = (await Promise.all([anas, evas].map(({ cookie }) => actorOfCookie(cookie)))) as AccountActor[];
  const org = await makeOrganisation();
  await addMember(org.orgId, eva);
  await asSystem("test", (tx) => tx.delete(schema.session).where(eq(schema.session.id, anas.sessionId)));
  const now = await refreshActors(actors);
  expect(now[0]).toBeNull();
  expect(now[1]).toMatchObject({ accountId: eva.accountId, memberships: [{ orgId: org.orgId }] });
  expect(await refreshActors([])).toEqual([]);
});
