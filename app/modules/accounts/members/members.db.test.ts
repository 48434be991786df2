import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import {
  actorFor,
  addMember,
  heard,
  inOrganisation,
  makeOrganisation,
  makePerson,
  type Organisation,
  refusal,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { type AccountActor, SYSTEM } from "../actor";
import { createToken } from "../tokens/create-token.server";
import { actorOfToken } from "../visitor/actor-of-token.server";
import { listMembers } from "./list-members.server";
import { removeMember } from "./remove-member.server";
import { setAvailability } from "./set-availability.server";
import { setMemberAreas } from "./set-member-areas.server";
import { setMemberRole } from "./set-member-role.server";

withDatabase();

const { area, areaMember, member } = schema;

/** An organisation with its admin and an agent, as they act. */
async function team() {
  const org = await makeOrganisation();
  const ana = await makePerson();
  const memberId = await addMember(org.orgId, ana, "agent", [org.areaId]);
  return { org, orgId: org.orgId, ana, memberId, admin: await actorFor(org.admin), agent: await actorFor(ana) };
}

const readMember = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(member).where(eq(member.id, id))))[0];
const areasOf = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(areaMember).where(eq(areaMember.memberId, id)))).map(
    ({ areaId }) => areaId,
  );
const addArea = async (orgId: string, name: string, archivedAt: Date | null = null) => {
  const id = newId();
  await asSystem("test", (tx) => tx.insert(area).values({ id, orgId, name, archivedAt }));
  return id;
};
const countAdmins = (orgId: string) =>
  asSystem("test", (tx) =>
    tx.$count(member, and(eq(member.orgId, orgId), eq(member.role, "admin"), isNull(member.removedAt))),
  );

type Verb = (actor: AccountActor, orgId: string, memberId: string) => Promise<unknown>;
const verbs: Record<string, Verb> = {
  setMemberRole: (actor, orgId, memberId) =>
    inOrganisation(actor, orgId, (ctx) => setMemberRole(ctx, { orgId, memberId, role: "admin" })),
  setMemberAreas: (actor, orgId, memberId) =>
    inOrganisation(actor, orgId, (ctx) => setMemberAreas(ctx, { orgId, memberId, areaIds: [] })),
  removeMember: (actor, orgId, memberId) =>
    inOrganisation(actor, orgId, (ctx) => removeMember(ctx, { orgId, memberId })),
  setAvailability: (actor, orgId, memberId) =>
    inOrganisation(actor, orgId, (ctx) => setAvailability(ctx, { orgId, memberId, availability: "away" })),
};

describe.each(Object.entries(verbs))("%s", (_name, verb) => {
  test("does not reach into another organisation, by its own id or by the member's", async () => {
    const [mine, theirs] = [await team(), await team()];
    const before = await readMember(theirs.memberId);
    await expect(verb(mine.admin, mine.orgId, theirs.memberId)).rejects.toEqual(refusal(404, "not_found"));
    await expect(verb(mine.admin, theirs.orgId, theirs.memberId)).rejects.toEqual(refusal(404, "not_found"));
    await expect(verb(mine.admin, mine.orgId, newId())).rejects.toEqual(refusal(404, "not_found"));
    expect(await readMember(theirs.memberId)).toEqual(before);
    expect(await areasOf(theirs.memberId)).toEqual([theirs.org.areaId]);
  });

  test("is not for an agent over somebody else", async () => {
    const { org, orgId, agent } = await team();
    const before = await readMember(org.memberId);
    await expect(verb(agent, orgId, org.memberId)).rejects.toEqual(refusal(403, "forbidden"));
    expect(await readMember(org.memberId)).toEqual(before);
  });

  test("does nothing to who was removed", async () => {
    const { admin, orgId, memberId } = await team();
    await verbs.removeMember?.(admin, orgId, memberId);
    await expect(verb(admin, orgId, memberId)).rejects.toEqual(refusal(404, "not_found"));
  });
});

describe("roles", () => {
  test("an admin changes them, and sockets are told", async () => {
    const { orgId, ana, memberId, admin } = await team();
    const events = await heard(() => verbs.setMemberRole?.(admin, orgId, memberId) as Promise<unknown>);
    expect((await readMember(memberId))?.role).toBe("admin");
    expect(events).toEqual([
      { name: "member.changed", data: { orgId, memberId, accountId: ana.accountId, change: "role" } },
    ]);
    expect(await heard(() => verbs.setMemberRole?.(admin, orgId, memberId) as Promise<unknown>)).toEqual([]);
  });

  test("an agent cannot raise their own, nor can a program with less than the scope", async () => {
    const { orgId, org, memberId, agent } = await team();
    await expect(verbs.setMemberRole?.(agent, orgId, memberId)).rejects.toEqual(refusal(403, "forbidden"));
    const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
      createToken(ctx, { orgId, memberId: org.memberId, name: "x", scopes: ["members:read"] }),
    );
    const program = (await actorOfToken(made.token)) as AccountActor;
    await expect(verbs.setMemberRole?.(program, orgId, memberId)).rejects.toEqual(refusal(403, "missing_scope"));
  });

  test("an admin who was demoted after their request began is refused", async () => {
    const { orgId, memberId, admin, org } = await team();
    const second = await addMember(orgId, await makePerson("Eva"), "admin");
    await asSystem("test", (tx) => tx.update(member).set({ role: "agent" }).where(eq(member.id, org.memberId)));
    await expect(verbs.setMemberRole?.(admin, orgId, memberId)).rejects.toEqual(refusal(403, "forbidden"));
    await expect(verbs.removeMember?.(admin, orgId, second)).rejects.toEqual(refusal(403, "forbidden"));
  });
});

describe("the last admin", () => {
  const demote = (actor: AccountActor, org: Organisation, memberId = org.memberId) =>
    inOrganisation(actor, org.orgId, (ctx) => setMemberRole(ctx, { orgId: org.orgId, memberId, role: "agent" }));

  test("cannot be demoted and cannot leave", async () => {
    const { org, admin } = await team();
    await expect(demote(admin, org)).rejects.toEqual(refusal(409, "last_admin"));
    await expect(verbs.removeMember?.(admin, org.orgId, org.memberId)).rejects.toEqual(refusal(409, "last_admin"));
    expect(await countAdmins(org.orgId)).toBe(1);
  });

  test("stays when all admins go at the same moment, each by their own way", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await makeOrganisation();
      const others = await Promise.all(["Eva", "Luz", "Mía"].map((name) => makePerson(name)));
      const memberIds = await Promise.all(others.map((person) => addMember(org.orgId, person, "admin")));
      const actors = await Promise.all([org.admin, ...others].map(actorFor));
      const ids = [org.memberId, ...memberIds];
      const going = actors.map((actor, i) =>
        i % 2 === 0
          ? demote(actor, org, ids[i])
          : (verbs.removeMember?.(actor, org.orgId, ids[i] as string) as Promise<unknown>),
      );
      const results = await Promise.allSettled(going);
      expect(await countAdmins(org.orgId)).toBe(1);
      expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(3);
      for (const one of results) if (one.status === "rejected") expect(one.reason).toEqual(refusal(409, "last_admin"));
    }
  });

  test("stays when two admins demote each other at the same moment", async () => {
    const { org, admin } = await team();
    const eva = await makePerson("Eva");
    const evas = await addMember(org.orgId, eva, "admin");
    const other = await actorFor(eva);
    const results = await Promise.allSettled([demote(admin, org, evas), demote(other, org)]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await countAdmins(org.orgId)).toBe(1);
  });
});

describe("leaving and removing", () => {
  test("takes areas and tokens away, and the person may come back as the same member", async () => {
    const { orgId, ana, memberId, agent } = await team();
    const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
      createToken(ctx, { orgId, memberId, name: "x", scopes: ["*"] }),
    );
    const events = await heard(() => verbs.removeMember?.(agent, orgId, memberId) as Promise<unknown>);
    expect(events).toEqual([
      { name: "member.changed", data: { orgId, memberId, accountId: ana.accountId, change: "removed" } },
    ]);
    expect(await readMember(memberId)).toMatchObject({ removedAt: expect.any(Date), availability: "away" });
    expect(await areasOf(memberId)).toEqual([]);
    expect(await actorOfToken(made.token)).toBeNull();
    expect((await actorFor(ana)).memberships).toEqual([]);
  });

  test("a program cannot leave for its member", async () => {
    const { orgId, memberId } = await team();
    const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
      createToken(ctx, { orgId, memberId, name: "x", scopes: ["*"] }),
    );
    const program = (await actorOfToken(made.token)) as AccountActor;
    await expect(verbs.removeMember?.(program, orgId, memberId)).rejects.toEqual(refusal(403, "forbidden"));
  });
});

describe("areas of a member", () => {
  const set = (actor: AccountActor, orgId: string, memberId: string, areaIds: string[]) =>
    inOrganisation(actor, orgId, (ctx) => setMemberAreas(ctx, { orgId, memberId, areaIds }));

  test("become exactly those given; archived ones stay", async () => {
    const { orgId, memberId, admin } = await team();
    const [sales, old] = [await addArea(orgId, "Ventas"), await addArea(orgId, "Viejo", new Date())];
    await asSystem("test", (tx) => tx.insert(areaMember).values({ orgId, areaId: old, memberId }));
    await set(admin, orgId, memberId, [sales, sales]);
    expect((await areasOf(memberId)).sort()).toEqual([sales, old].sort());
    await set(admin, orgId, memberId, []);
    expect(await areasOf(memberId)).toEqual([old]);
  });

  test("another organisation's area, an archived one and no area at all are refused, and nothing changes", async () => {
    const [{ orgId, memberId, admin, org }, theirs] = [await team(), await team()];
    for (const odd of [theirs.org.areaId, await addArea(orgId, "Viejo", new Date()), newId()]) {
      await expect(set(admin, orgId, memberId, [org.areaId, odd])).rejects.toEqual(refusal(404, "not_found"));
      expect(await areasOf(memberId)).toEqual([org.areaId]);
    }
  });
});

test("availability is one's own to say, and an admin's", async () => {
  const { orgId, memberId, agent, admin } = await team();
  await verbs.setAvailability?.(agent, orgId, memberId);
  expect((await readMember(memberId))?.availability).toBe("away");
  const back = () =>
    inOrganisation(admin, orgId, (ctx) => setAvailability(ctx, { orgId, memberId, availability: "available" }));
  expect(await heard(back)).toMatchObject([{ name: "member.changed", data: { change: "availability" } }]);
  expect(await heard(back)).toEqual([]);
});

describe("the list of members", () => {
  const list = (actor: AccountActor, orgId: string, over: object = {}) =>
    inOrganisation(actor, orgId, (ctx) => listMembers(ctx, { orgId, ...over }));

  test("shows present members with what the reader may do", async () => {
    const { org, orgId, ana, memberId, admin, agent } = await team();
    const gone = await addMember(orgId, await makePerson("Gone"));
    await verbs.removeMember?.(admin, orgId, gone);
    const seen = await list(admin, orgId);
    expect(seen.nextCursor).toBeNull();
    expect(seen.members).toMatchObject([
      { id: org.memberId, role: "admin", isYou: true, can: { changeRole: false, remove: false } },
      {
        id: memberId,
        name: "Ana",
        email: ana.email,
        role: "agent",
        areaIds: [org.areaId],
        isYou: false,
        can: { changeRole: true, remove: true },
      },
    ]);
    const asAgent = await list(agent, orgId);
    expect(asAgent.members.map(({ can }) => can.changeRole)).toEqual([false, false]);
  });

  test("comes in pages", async () => {
    const { orgId, admin } = await team();
    for (const name of ["B", "C", "D"]) await addMember(orgId, await makePerson(name));
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(admin, orgId, { limit: 2, cursor });
      ids.push(...page.members.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  test("is not there for strangers, nor for a program without the scope", async () => {
    const [mine, theirs] = [await team(), await team()];
    await expect(list(mine.admin, theirs.orgId)).rejects.toEqual(refusal(404, "not_found"));
    const made = await transactAsSystem(SYSTEM, "test", (ctx) =>
      createToken(ctx, { orgId: mine.orgId, memberId: mine.memberId, name: "x", scopes: ["tickets:read"] }),
    );
    await expect(list((await actorOfToken(made.token)) as AccountActor, mine.orgId)).rejects.toEqual(
      refusal(403, "missing_scope"),
    );
  });
});
