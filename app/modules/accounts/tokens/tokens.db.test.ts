import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import {
  actorFor,
  addMember,
  heard,
  inOrganisation,
  makeOrganisation,
  makePerson,
  refusal,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { type AccountActor, allows, SYSTEM } from "../actor";
import { removeMember } from "../members/remove-member.server";
import { suspendOrganisation } from "../organisations/suspend-organisation.server";
import { actorOfToken } from "../visitor/actor-of-token.server";
import { refreshActors } from "../visitor/refresh-actors.server";
import { createToken } from "./create-token.server";
import { revokeToken } from "./revoke-token.server";

withDatabase();

const make = (orgId: string, memberId: string, scopes = ["*"]) =>
  transactAsSystem(SYSTEM, "test", (ctx) => createToken(ctx, { orgId, memberId, name: "CRM", scopes }));
const stored = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.apiToken).where(eq(schema.apiToken.id, id))))[0];

describe("an API token (TC12)", () => {
  test("is told once, and only its hash is kept", async () => {
    const org = await makeOrganisation();
    const { id, token } = await make(org.orgId, org.memberId);
    expect(token).toMatch(/^gza_[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(await stored(id))).not.toContain(token.slice(4));
  });

  test("acts as its member, in its organisation alone, within its scopes", async () => {
    const ana = await makePerson();
    const [org, other] = [await makeOrganisation(), await makeOrganisation(ana)];
    const memberId = await addMember(org.orgId, ana, "agent", [org.areaId]);
    const { id, token } = await make(org.orgId, memberId, ["tickets:read", "tickets:read", " messages:write "]);
    const actor = (await actorOfToken(token)) as AccountActor;
    expect(actor).toEqual({
      kind: "account",
      accountId: ana.accountId,
      name: "Ana",
      email: ana.email,
      sessionId: null,
      memberships: [{ orgId: org.orgId, memberId, role: "agent", areaIds: [org.areaId] }],
      token: { id, scopes: ["tickets:read", "messages:write"] },
    });
    expect(actor.memberships.map(({ orgId }) => orgId)).not.toContain(other.orgId);
    expect(allows(actor, "tickets:read")).toBe(true);
    expect(allows(actor, "tickets:write")).toBe(false);
  });

  test("notes its use at most once a minute", async () => {
    const org = await makeOrganisation();
    const { id, token } = await make(org.orgId, org.memberId);
    expect((await stored(id))?.lastUsedAt).toBeNull();
    await actorOfToken(token);
    const first = (await stored(id))?.lastUsedAt;
    expect(first).toBeInstanceOf(Date);
    await actorOfToken(token);
    expect((await stored(id))?.lastUsedAt).toEqual(first);
  });

  test.each([
    "",
    "gza_",
    "gza_short",
    `gza_${"A".repeat(43)}`,
    `GZA_${"A".repeat(43)}`,
    `gza_${"A".repeat(44)}`,
    "Bearer x",
  ])("%j is nobody's", async (raw) => expect(await actorOfToken(raw)).toBeNull());

  test("dies with its revocation, its member, and while its organisation is suspended", async () => {
    const org = await makeOrganisation();
    const ana = await makePerson();
    const admin = await actorFor(org.admin);
    const memberId = await addMember(org.orgId, ana);
    const [revoked, orphan, paused] = [
      await make(org.orgId, org.memberId),
      await make(org.orgId, memberId),
      await make(org.orgId, org.memberId),
    ];
    const holder = (await actorOfToken(revoked.token)) as AccountActor;
    const events = await heard(() =>
      inOrganisation(admin, org.orgId, (ctx) => revokeToken(ctx, { orgId: org.orgId, tokenId: revoked.id })),
    );
    expect(events).toEqual([
      { name: "token.revoked", data: { accountId: org.admin.accountId, orgId: org.orgId, tokenId: revoked.id } },
    ]);
    expect(await actorOfToken(revoked.token)).toBeNull();
    expect(await refreshActors([holder])).toEqual([null]);
    await inOrganisation(admin, org.orgId, (ctx) => removeMember(ctx, { orgId: org.orgId, memberId }));
    expect(await actorOfToken(orphan.token)).toBeNull();
    const suspend = (suspended: boolean) =>
      transactAsSystem(SYSTEM, "test", (ctx) => suspendOrganisation(ctx, { orgId: org.orgId, suspended }));
    await suspend(true);
    expect(await actorOfToken(paused.token)).toBeNull();
    await suspend(false);
    expect(await actorOfToken(paused.token)).not.toBeNull();
  });
});

describe("making one", () => {
  test("an admin for themselves; for nobody else, nor an agent, nor a token, nor elsewhere", async () => {
    const [org, other] = [await makeOrganisation(), await makeOrganisation()];
    const ana = await makePerson();
    const memberId = await addMember(org.orgId, ana);
    const [admin, agent] = [await actorFor(org.admin), await actorFor(ana)];
    const input = { orgId: org.orgId, memberId: org.memberId, name: "CRM", scopes: ["*"] };
    const made = await inOrganisation(admin, org.orgId, (ctx) => createToken(ctx, input));
    const asToken = (await actorOfToken(made.token)) as AccountActor;
    const refused = async (actor: AccountActor, over: object, status: number, code: string) =>
      expect(inOrganisation(actor, org.orgId, (ctx) => createToken(ctx, { ...input, ...over }))).rejects.toEqual(
        refusal(status, code),
      );
    await refused(admin, { memberId }, 403, "forbidden");
    await refused(agent, { memberId }, 403, "forbidden");
    await refused(asToken, {}, 403, "forbidden");
    await refused(admin, { orgId: other.orgId, memberId: other.memberId }, 404, "not_found");
    await refused(admin, { scopes: [] }, 422, "scopes_malformed");
    await refused(admin, { scopes: ["a b"] }, 422, "scopes_malformed");
    await expect(
      inOrganisation(admin, org.orgId, (ctx) => revokeToken(ctx, { orgId: org.orgId, tokenId: other.memberId })),
    ).rejects.toEqual(refusal(404, "not_found"));
  });

  test("another organisation's token cannot be revoked", async () => {
    const [org, other] = [await makeOrganisation(), await makeOrganisation()];
    const { id, token } = await make(other.orgId, other.memberId);
    const admin = await actorFor(org.admin);
    await expect(
      inOrganisation(admin, org.orgId, (ctx) => revokeToken(ctx, { orgId: org.orgId, tokenId: id })),
    ).rejects.toEqual(refusal(404, "not_found"));
    expect(await actorOfToken(token)).not.toBeNull();
  });
});
