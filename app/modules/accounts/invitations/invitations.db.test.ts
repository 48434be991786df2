import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  actorFor,
  addMember,
  client,
  cookiePair,
  heard,
  inOrganisation,
  makeAccount,
  makeOrganisation,
  makePerson,
  PASSWORD,
  refusal,
  request,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import type { AccountActor } from "../actor";
import { removeMember } from "../members/remove-member.server";
import { findActor } from "../visitor/find-actor.server";
import { acceptInvitation } from "./accept-invitation.server";
import { getInvitation } from "./get-invitation.server";
import { type InviteInput, inviteMember } from "./invite-member.server";
import { joinByInvitation } from "./join-by-invitation.server";
import { listInvitations } from "./list-invitations.server";
import { revokeInvitation } from "./revoke-invitation.server";

withDatabase();

const { area, invitation } = schema;

async function host() {
  const org = await makeOrganisation();
  return { ...org, actor: await actorFor(org.admin) };
}
type Host = Awaited<ReturnType<typeof host>>;

async function invite(from: Host, over: Partial<InviteInput> = {}, actor: AccountActor = from.actor) {
  const input = { orgId: from.orgId, role: "agent" as const, areaIds: [from.areaId], email: null, ...over };
  const made = await inOrganisation(actor, from.orgId, (ctx) => inviteMember(ctx, input));
  return { ...made, secret: made.link.slice(made.link.lastIndexOf("/") + 1) };
}
const accept = (secret: string, accountId: string) => acceptInvitation({ secret, accountId, client: client() });
const revoke = (from: Host, invitationId: string) =>
  inOrganisation(from.actor, from.orgId, (ctx) => revokeInvitation(ctx, { orgId: from.orgId, invitationId }));
const stored = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(invitation).where(eq(invitation.id, id))))[0];

describe("inviting", () => {
  test("again under the same name is the same invitation under another link, and the first one opens nothing", async () => {
    const from = await host();
    const id = newId();
    const [first, again] = [await invite(from, { id }), await invite(from, { id })];
    expect([first.invitationId, again.invitationId]).toEqual([id, id]);
    const ana = await makePerson();
    await expect(accept(first.secret, ana.accountId)).rejects.toMatchObject({ status: 404 });
    await accept(again.secret, ana.accountId);
    const rows = await asSystem("test", (tx) => tx.select().from(invitation).where(eq(invitation.orgId, from.orgId)));
    expect(rows).toHaveLength(1);
  });

  test("makes a link on our own address, told once, good for a week, and keeps only its hash", async () => {
    const from = await host();
    const made = await invite(from);
    expect(made.link).toMatch(/^https:\/\/guazu\.test\/invite\/[A-Za-z0-9_-]{43}$/);
    const row = await stored(made.invitationId);
    expect(JSON.stringify(row)).not.toContain(made.secret);
    const days = (made.expiresAt.getTime() - (row?.createdAt.getTime() ?? 0)) / 86_400_000;
    expect(days).toBe(7);
  });

  test("is for admins, into their own organisation and areas", async () => {
    const [mine, theirs] = [await host(), await host()];
    const ana = await makePerson();
    await addMember(mine.orgId, ana);
    const agent = await actorFor(ana);
    await expect(invite(mine, {}, agent)).rejects.toEqual(refusal(403, "forbidden"));
    await expect(invite(mine, { orgId: theirs.orgId })).rejects.toEqual(refusal(404, "not_found"));
    await expect(invite(mine, { areaIds: [theirs.areaId] })).rejects.toEqual(refusal(404, "not_found"));
    await expect(invite(mine, { email: ana.email })).rejects.toEqual(refusal(409, "already_member"));
  });

  test("the list shows those that are open, and only the organisation's", async () => {
    const [mine, theirs] = [await host(), await host()];
    await invite(theirs);
    const [open, gone, used] = [
      await invite(mine, { email: "eva@example.test", role: "admin" }),
      await invite(mine),
      await invite(mine),
    ];
    await revoke(mine, gone.invitationId);
    await accept(used.secret, (await makePerson()).accountId);
    const { invitations, nextCursor } = await inOrganisation(mine.actor, mine.orgId, (ctx) =>
      listInvitations(ctx, { orgId: mine.orgId }),
    );
    expect(nextCursor).toBeNull();
    expect(invitations).toMatchObject([
      { id: open.invitationId, email: "eva@example.test", role: "admin", areaIds: [mine.areaId], invitedBy: "Admin" },
    ]);
    expect(JSON.stringify(invitations)).not.toContain("token");
    await expect(
      inOrganisation(mine.actor, mine.orgId, (ctx) => listInvitations(ctx, { orgId: theirs.orgId })),
    ).rejects.toEqual(refusal(404, "not_found"));
    await expect(revoke(mine, (await invite(theirs)).invitationId)).rejects.toEqual(refusal(404, "not_found"));
  });
});

describe("accepting (TC9)", () => {
  test("makes a member as the row says, and tells their sockets", async () => {
    const from = await host();
    const ana = await makePerson();
    const { secret, invitationId } = await invite(from, { role: "admin" });
    expect(await getInvitation(secret, client())).toMatchObject({
      organisation: "Yerbatera",
      role: "admin",
      email: null,
    });
    let memberId = "";
    const events = await heard(async () => {
      ({ memberId } = await accept(secret, ana.accountId));
    });
    expect((await actorFor(ana)).memberships).toEqual([
      { orgId: from.orgId, memberId, role: "admin", areaIds: [from.areaId] },
    ]);
    expect(events).toEqual([
      { name: "member.changed", data: { orgId: from.orgId, memberId, accountId: ana.accountId, change: "joined" } },
    ]);
    expect(await stored(invitationId)).toMatchObject({ acceptedBy: ana.accountId, acceptedAt: expect.any(Date) });
  });

  test("works once", async () => {
    const from = await host();
    const [ana, eva] = [await makePerson(), await makePerson("Eva")];
    const { secret } = await invite(from);
    await accept(secret, ana.accountId);
    await expect(accept(secret, eva.accountId)).rejects.toEqual(refusal(404, "not_found"));
    await expect(accept(secret, ana.accountId)).rejects.toEqual(refusal(404, "not_found"));
    await expect(getInvitation(secret, client())).rejects.toEqual(refusal(404, "not_found"));
  });

  test("works once, also for five who come at the same moment", async () => {
    const from = await host();
    const people = await Promise.all(["A", "B", "C", "D", "E"].map((name) => makePerson(name)));
    const { secret } = await invite(from);
    const results = await Promise.allSettled(people.map(({ accountId }) => accept(secret, accountId)));
    expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("accepting and revoking at the same moment: one of them happens", async () => {
    for (let round = 0; round < 5; round++) {
      const from = await host();
      const ana = await makePerson();
      const { secret, invitationId } = await invite(from);
      const results = await Promise.allSettled([accept(secret, ana.accountId), revoke(from, invitationId)]);
      expect(results.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      for (const one of results) if (one.status === "rejected") expect(one.reason).toEqual(refusal(404, "not_found"));
    }
  });

  test("is refused when expired, revoked, made up, or the organisation is suspended; all look the same (TC6)", async () => {
    const from = await host();
    const ana = await makePerson();
    const [expired, revoked, suspended] = [await invite(from), await invite(from), await invite(await host())];
    await asSystem("test", async (tx) => {
      await tx
        .update(invitation)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(invitation.id, expired.invitationId));
      const [row] = await tx.select().from(invitation).where(eq(invitation.id, suspended.invitationId));
      await tx
        .update(schema.organisation)
        .set({ suspendedAt: new Date() })
        .where(eq(schema.organisation.id, row?.orgId as string));
    });
    await revoke(from, revoked.invitationId);
    for (const secret of [expired.secret, revoked.secret, suspended.secret, "A".repeat(43), "", "../x"]) {
      await expect(accept(secret, ana.accountId)).rejects.toEqual(refusal(404, "not_found"));
      await expect(getInvitation(secret, client())).rejects.toEqual(refusal(404, "not_found"));
    }
    expect((await actorFor(ana)).memberships).toEqual([]);
  });

  test("with an address is for that account alone", async () => {
    const from = await host();
    const [ana, eva] = [await makePerson(), await makePerson("Eva")];
    const { secret } = await invite(from, { email: ana.email });
    await expect(accept(secret, eva.accountId)).rejects.toEqual(refusal(403, "invitation_other_address"));
    expect((await actorFor(eva)).memberships).toEqual([]);
    await accept(secret, ana.accountId);
  });

  test("who is a member already stays what they are, and the link stays good", async () => {
    const from = await host();
    const { secret } = await invite(from, { role: "agent" });
    await expect(accept(secret, from.admin.accountId)).rejects.toEqual(refusal(409, "already_member"));
    expect((await actorFor(from.admin)).memberships[0]?.role).toBe("admin");
    await accept(secret, (await makePerson()).accountId);
  });

  test("who left comes back as the same member, with the invitation's role and areas", async () => {
    const from = await host();
    const ana = await makePerson();
    const memberId = await addMember(from.orgId, ana, "admin");
    await inOrganisation(from.actor, from.orgId, (ctx) => removeMember(ctx, { orgId: from.orgId, memberId }));
    const { secret } = await invite(from, { role: "agent" });
    expect((await accept(secret, ana.accountId)).memberId).toBe(memberId);
    expect((await actorFor(ana)).memberships).toEqual([
      { orgId: from.orgId, memberId, role: "agent", areaIds: [from.areaId] },
    ]);
  });

  test("an area that was archived since is left out", async () => {
    const from = await host();
    const ana = await makePerson();
    const { secret } = await invite(from);
    await asSystem("test", (tx) => tx.update(area).set({ archivedAt: new Date() }).where(eq(area.id, from.areaId)));
    await accept(secret, ana.accountId);
    expect((await actorFor(ana)).memberships[0]?.areaIds).toEqual([]);
  });

  test("guesses are throttled", async () => {
    const guess = (i: number) => getInvitation(String(i).padStart(43, "A"), client());
    for (let i = 0; i < 50; i++) await expect(guess(i)).rejects.toEqual(refusal(404, "not_found"));
    await expect(guess(50)).rejects.toEqual(refusal(429, "too_many_requests"));
  });
});

describe("joining without being signed in", () => {
  const newcomer = (secret: string, over: object = {}) => ({
    secret,
    name: "Rosa",
    email: `rosa-${newId()}@example.test`,
    password: "chipa recién hecha",
    locale: "es",
    client: client(),
    ...over,
  });

  test("makes the account, signs it in and makes it a member", async () => {
    const from = await host();
    const { secret } = await invite(from);
    const { setCookie, memberId } = await joinByInvitation(newcomer(secret));
    const actor = await findActor(request(cookiePair(setCookie)));
    expect(actor).toMatchObject({ name: "Rosa", memberships: [{ orgId: from.orgId, memberId, role: "agent" }] });
  });

  test("with another address than the invited makes no account at all", async () => {
    const from = await host();
    const { secret } = await invite(from, { email: "ana@example.test" });
    const rosa = newcomer(secret);
    await expect(joinByInvitation(rosa)).rejects.toEqual(refusal(403, "invitation_other_address"));
    const made = await asSystem("test", (tx) =>
      tx.select().from(schema.account).where(eq(schema.account.email, rosa.email)),
    );
    expect(made).toEqual([]);
  });

  test("with a dead link makes no account at all", async () => {
    const rosa = newcomer("A".repeat(43));
    await expect(joinByInvitation(rosa)).rejects.toEqual(refusal(404, "not_found"));
    const made = await asSystem("test", (tx) =>
      tx.select().from(schema.account).where(eq(schema.account.email, rosa.email)),
    );
    expect(made).toEqual([]);
  });

  test("as an account that exists takes that account's own password", async () => {
    const from = await host();
    const ana = await makeAccount();
    const { secret } = await invite(from);
    await expect(joinByInvitation(newcomer(secret, { email: ana.email }))).rejects.toEqual(
      refusal(409, "account_exists"),
    );
    expect((await actorFor(ana)).memberships).toEqual([]);
    await joinByInvitation(newcomer(secret, { email: ana.email, password: PASSWORD }));
    expect(await actorFor(ana)).toMatchObject({ name: "Ana", memberships: [{ orgId: from.orgId }] });
  });
});
