import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem, inScope } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import {
  actorFor,
  addMember,
  heard,
  makeOrganisation,
  makePerson,
  openSession,
  refusal,
  request,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { SYSTEM } from "../actor";
import { findActor } from "../visitor/find-actor.server";
import { createOrganisation } from "./create-organisation.server";
import { getOrganisation } from "./find-organisation.server";
import { listOrganisations } from "./list-organisations.server";
import { suspendOrganisation } from "./suspend-organisation.server";

withDatabase();

const handle = () => `org-${newId().slice(-12)}`;
const asked = (over: object = {}) => ({
  handle: handle(),
  name: "Yerbatera del Sur",
  locale: "es",
  areaName: "General",
  ...over,
});

describe("creating an organisation", () => {
  test("makes who creates it the first admin, in a first area, with tickets counted from none", async () => {
    const ana = await makePerson();
    const actor = await actorFor(ana);
    let made = { orgId: "", memberId: "", areaId: "" };
    const input = asked({ timeZone: "America/Asuncion" });
    const events = await heard(async () => {
      made = await transactAsSystem(actor, "test", (ctx) => createOrganisation(ctx, input));
    });
    const { orgId, memberId, areaId } = made;
    expect((await actorFor(ana)).memberships).toEqual([{ orgId, memberId, role: "admin", areaIds: [areaId] }]);
    expect(events).toEqual([
      { name: "member.changed", data: { orgId, memberId, accountId: ana.accountId, change: "joined" } },
    ]);
    await inScope({ orgId }, async (tx) => {
      expect(await tx.select().from(schema.organisation)).toMatchObject([
        {
          handle: input.handle,
          name: "Yerbatera del Sur",
          locale: "es",
          timeZone: "America/Asuncion",
          suspendedAt: null,
        },
      ]);
      expect(await tx.select().from(schema.area)).toMatchObject([
        { id: areaId, name: "General", visibility: "members", replyMode: "claim" },
      ]);
      expect(await tx.select().from(schema.ticketNumber)).toEqual([{ orgId, last: 0 }]);
    });
  });

  test("refuses handles that are taken, kept back or malformed, and the caller's transaction goes on", async () => {
    const taken = await makeOrganisation();
    const { handle: takenHandle } = await asSystem("test", (tx) => getOrganisation({ tx }, taken.orgId));
    const ana = await makePerson();
    const outcome = await transactAsSystem(SYSTEM, "test", async (ctx) => {
      const refused = await createOrganisation(
        ctx,
        asked({ handle: takenHandle, adminAccountId: ana.accountId }),
      ).catch((error: unknown) => error);
      const made = await createOrganisation(ctx, asked({ adminAccountId: ana.accountId }));
      return { refused, made };
    });
    expect(outcome.refused).toEqual(refusal(409, "handle_taken"));
    expect(outcome.made.orgId).toBeTruthy();
    const create = (over: object) =>
      transactAsSystem(SYSTEM, "test", (ctx) =>
        createOrganisation(ctx, asked({ adminAccountId: ana.accountId, ...over })),
      );
    await expect(create({ handle: "admin" })).rejects.toEqual(refusal(422, "handle_reserved"));
    await expect(create({ handle: "Ñandú" })).rejects.toEqual(refusal(422, "handle_malformed"));
    await expect(create({ adminAccountId: undefined })).rejects.toEqual(refusal(401, "unauthorized"));
  });

  test("two with one handle at the same moment: one is made", async () => {
    const ana = await makePerson();
    const input = asked({ adminAccountId: ana.accountId });
    const create = () => transactAsSystem(SYSTEM, "test", (ctx) => createOrganisation(ctx, input));
    const results = await Promise.allSettled([create(), create(), create()]);
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of results) if (one.status === "rejected") expect(one.reason).toEqual(refusal(409, "handle_taken"));
  });
});

describe("the command line's view", () => {
  test("finds by handle or id, and lists with members", async () => {
    const org = await makeOrganisation();
    await addMember(org.orgId, await makePerson());
    const found = await asSystem("test", (tx) => getOrganisation({ tx }, org.orgId));
    expect(await asSystem("test", (tx) => getOrganisation({ tx }, found.handle.toUpperCase()))).toEqual(found);
    await expect(asSystem("test", (tx) => getOrganisation({ tx }, "no-such-one"))).rejects.toEqual(
      refusal(404, "not_found"),
    );
    const list = await asSystem("test", (tx) => listOrganisations({ tx }));
    expect(list.find(({ id }) => id === org.orgId)).toMatchObject({
      handle: found.handle,
      name: "Yerbatera",
      members: 2,
      suspendedAt: null,
    });
    expect(await asSystem("test", (tx) => listOrganisations({ tx }, list.at(-1)?.id))).toEqual([]);
  });

  test("suspending shuts members out at once and tells their sockets; resuming lets them in", async () => {
    const org = await makeOrganisation();
    const { cookie } = await openSession(org.admin.accountId);
    const suspend = (suspended: boolean) =>
      transactAsSystem(SYSTEM, "test", (ctx) => suspendOrganisation(ctx, { orgId: org.orgId, suspended }));
    const events = await heard(() => suspend(true));
    expect(events).toMatchObject([
      { name: "member.changed", data: { accountId: org.admin.accountId, change: "suspended" } },
    ]);
    expect((await findActor(request(cookie)))?.memberships).toEqual([]);
    await suspend(false);
    expect((await findActor(request(cookie)))?.memberships).toHaveLength(1);
  });

  test("only who runs the installation may suspend", async () => {
    const org = await makeOrganisation();
    const admin = await actorFor(org.admin);
    await expect(
      transactAsSystem(admin, "test", (ctx) => suspendOrganisation(ctx, { orgId: org.orgId, suspended: true })),
    ).rejects.toEqual(refusal(403, "forbidden"));
  });
});

test("what the application's own role sees of accounts ends at the organisation's edge", async () => {
  const [one, two] = [await makeOrganisation(), await makeOrganisation()];
  const seen = await inScope({ orgId: one.orgId }, (tx) => tx.select({ id: schema.account.id }).from(schema.account));
  expect(seen.map(({ id }) => id)).toEqual([one.admin.accountId]);
  const member = await inScope({ orgId: one.orgId }, (tx) =>
    tx.select().from(schema.member).where(eq(schema.member.orgId, two.orgId)),
  );
  expect(member).toEqual([]);
  for (const table of ["credential", "session", "verification"]) {
    await expect(
      inScope({ orgId: one.orgId }, (tx) => tx.execute(sql.raw(`select * from ${table}`))),
    ).rejects.toThrow();
  }
});
