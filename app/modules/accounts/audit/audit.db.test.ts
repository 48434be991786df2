import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { SYSTEM } from "~/modules/accounts/actor";
import { inScope } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import {
  actorFor,
  addMember,
  client,
  heard,
  inOrganisation,
  makeAccount,
  makeOrganisation,
  makePerson,
  refusal,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import type { AccountActor } from "../actor";
import { archiveArea } from "../areas/archive-area.server";
import { createArea } from "../areas/create-area.server";
import { moveArea } from "../areas/move-area.server";
import { redirectArea } from "../areas/redirect-area.server";
import { setAreaMembers } from "../areas/set-area-members.server";
import { updateArea } from "../areas/update-area.server";
import { addHoliday, removeHoliday } from "../holidays/change-holidays.server";
import { inviteMember } from "../invitations/invite-member.server";
import { revokeInvitation } from "../invitations/revoke-invitation.server";
import { removeMember } from "../members/remove-member.server";
import { setMemberAreas } from "../members/set-member-areas.server";
import { setMemberCap } from "../members/set-member-cap.server";
import { setMemberRole } from "../members/set-member-role.server";
import { suspendOrganisation } from "../organisations/suspend-organisation.server";
import { updateOrganisation } from "../organisations/update-organisation.server";
import { signIn } from "../sessions/sign-in.server";
import { createToken } from "../tokens/create-token.server";
import { listTokens } from "../tokens/list-tokens.server";
import { revokeToken } from "../tokens/revoke-token.server";
import { exportAudit } from "./export-audit.server";
import { listAudit } from "./list-audit.server";

withDatabase();

async function team() {
  const org = await makeOrganisation();
  const ana = await makePerson();
  const agentId = await addMember(org.orgId, ana, "agent", [org.areaId]);
  return { ...org, ana, agentId, actor: await actorFor(org.admin), agent: await actorFor(ana) };
}
type Team = Awaited<ReturnType<typeof team>>;
type Verb = Parameters<typeof inOrganisation<unknown>>[2];

const entriesOf = async ({ actor, orgId }: Team, filter: { action?: string; memberId?: string } = {}) =>
  (await inOrganisation(actor, orgId, (ctx) => listAudit(ctx, { orgId, ...filter, limit: 100 }))).entries;
const actionsOf = async (at: Team) => (await entriesOf(at)).map(({ action }) => action).reverse();

/** Every verb that changes the administration, with what the log calls it. */
const changes = ({ orgId, areaId, agentId, memberId }: Team): [string, Verb][] => [
  ["organisation.changed", (ctx) => updateOrganisation(ctx, { orgId, change: { name: "Otra" } })],
  ["area.changed", (ctx) => updateArea(ctx, { orgId, areaId, change: { cap: 3 } })],
  ["area.members_changed", (ctx) => setAreaMembers(ctx, { orgId, areaId, memberIds: [memberId] })],
  ["area.created", (ctx) => createArea(ctx, { orgId, name: "Ventas" })],
  ["area.moved", (ctx) => moveArea(ctx, { orgId, areaId, way: "down" })],
  [
    "holiday.added",
    (ctx) => addHoliday(ctx, { orgId, holiday: { name: "Año nuevo", day: "2027-01-01", spans: [], areaId: null } }),
  ],
  ["member.areas_changed", (ctx) => setMemberAreas(ctx, { orgId, memberId: agentId, areaIds: [areaId] })],
  ["member.cap_changed", (ctx) => setMemberCap(ctx, { orgId, memberId: agentId, cap: 2 })],
  ["member.role_changed", (ctx) => setMemberRole(ctx, { orgId, memberId: agentId, role: "admin" })],
  ["invitation.created", (ctx) => inviteMember(ctx, { orgId, role: "agent", areaIds: [], email: "x@example.test" })],
  ["token.created", (ctx) => createToken(ctx, { orgId, memberId, name: "Tienda", scopes: ["tickets:read"] })],
  ["member.removed", (ctx) => removeMember(ctx, { orgId, memberId: agentId })],
];

describe("the audit log (TK4)", () => {
  test("tells of every change of the administration, who did it and what it was before", async () => {
    const mine = await team();
    for (const [action, verb] of changes(mine)) {
      await inOrganisation(mine.actor, mine.orgId, verb);
      const [newest] = await entriesOf(mine);
      expect(newest).toMatchObject({ action, actorKind: "member", actorId: mine.memberId, actorName: "Admin" });
    }
    const [cap] = await entriesOf(mine, { action: "area.changed" });
    expect(cap).toMatchObject({ subjectName: "General", before: { cap: 8 }, after: { cap: 3 } });
    const [role] = await entriesOf(mine, { action: "member.role_changed" });
    expect(role).toMatchObject({ subjectName: "Ana", before: { role: "agent" }, after: { role: "admin" } });
    expect(await entriesOf(mine, { memberId: mine.agentId })).toEqual([]);
    await transactAsSystem(SYSTEM, "test", (ctx) => suspendOrganisation(ctx, { orgId: mine.orgId, suspended: true }));
    expect((await actionsOf(mine)).at(-1)).toBe("organisation.suspended");
  });

  test("holds no secret: neither a token's nor an invitation's", async () => {
    const mine = await team();
    const { orgId, memberId } = mine;
    const made = await inOrganisation(mine.actor, orgId, async (ctx) => ({
      token: (await createToken(ctx, { orgId, memberId, name: "Tienda", scopes: ["*"] })).token,
      link: (await inviteMember(ctx, { orgId, role: "agent", areaIds: [], email: null })).link,
    }));
    const log = JSON.stringify(await entriesOf(mine));
    expect(log).toContain("Tienda");
    expect(log).not.toContain(made.token);
    expect(log).not.toContain(made.link.split("/invite/")[1]);
  });

  test("is nobody's to change or empty, not even in the database's own words", async () => {
    const mine = await team();
    await inOrganisation(mine.actor, mine.orgId, (ctx) => createArea(ctx, { orgId: mine.orgId, name: "Ventas" }));
    const before = await entriesOf(mine);
    for (const statement of [
      sql`update audit_entry set actor_name = 'nobody'`,
      sql`delete from audit_entry`,
      sql`truncate audit_entry`,
    ])
      await expect(inScope({ orgId: mine.orgId }, (tx) => tx.execute(statement))).rejects.toThrow();
    expect(await entriesOf(mine)).toEqual(before);
  });

  test("is the admins' to read, and the CSV of it is in it (TA11, TA19)", async () => {
    const [mine, theirs] = [await team(), await team()];
    const { orgId, actor } = mine;
    await inOrganisation(actor, orgId, (ctx) => createArea(ctx, { orgId, name: "=cmd()" }));
    const read = (by: AccountActor) => inOrganisation(by, orgId, (ctx) => listAudit(ctx, { orgId, limit: 10 }));
    await expect(read(mine.agent)).rejects.toEqual(refusal(403, "forbidden"));
    await expect(read(theirs.actor)).rejects.toEqual(refusal(404, "not_found"));
    await expect(exportAudit(mine.agent, orgId, {}, async () => mine.agent)).rejects.toEqual(refusal(403, "forbidden"));
    const csv = await new Response(await exportAudit(actor, orgId, {}, async () => actor)).text();
    expect(csv).toContain(",area.created,'=cmd(),");
    expect((await actionsOf(mine)).at(-1)).toBe("audit.exported");
  });

  test("tells of a wrong password for a member, to their organisations alone", async () => {
    const person = await makeAccount("Eva");
    const [mine, theirs] = [await team(), await team()];
    await addMember(mine.orgId, person);
    const wrong = { email: person.email, password: "not the password", client: client() };
    await expect(signIn(wrong)).rejects.toEqual(refusal(401, "invalid_credentials"));
    const [newest] = await entriesOf(mine, { action: "sign_in.failed" });
    expect(newest).toMatchObject({ actorKind: "system", subjectName: "Eva", after: { address: "203.0.113.7" } });
    expect(JSON.stringify(newest)).not.toContain("not the password");
    expect(await entriesOf(theirs, { action: "sign_in.failed" })).toEqual([]);
  });
});

describe("administration", () => {
  test("refuses an agent and a stranger in every verb (TA11, TA12)", async () => {
    const [mine, theirs] = [await team(), await team()];
    const { orgId, memberId } = mine;
    const removal: Verb = (ctx) => removeMember(ctx, { orgId, memberId });
    // Who removes themselves leaves, which is everybody's right.
    const verbs = changes(mine).filter(([action]) => action !== "member.removed");
    for (const [action, verb] of [...verbs, ["an admin", removal] as const]) {
      await expect(inOrganisation(mine.agent, orgId, verb), action).rejects.toEqual(refusal(403, "forbidden"));
      await expect(inOrganisation(theirs.actor, orgId, verb), action).rejects.toEqual(refusal(404, "not_found"));
    }
    expect(await entriesOf(mine)).toHaveLength(1);
  });

  test("a handle is everybody's once, and not a word of the product's", async () => {
    const [mine, theirs] = [await team(), await team()];
    const set = (handle: string) =>
      inOrganisation(mine.actor, mine.orgId, (ctx) =>
        updateOrganisation(ctx, { orgId: mine.orgId, change: { handle } }),
      );
    const [created] = await entriesOf(theirs, { action: "organisation.created" });
    await expect(set(String(created?.after?.handle))).rejects.toEqual(refusal(409, "handle_taken"));
    await expect(set("admin")).rejects.toEqual(refusal(422, "handle_reserved"));
    await expect(set("Ñ")).rejects.toEqual(refusal(422, "handle_malformed"));
    await set(` Yerba-${mine.orgId.slice(-8)} `);
    expect((await entriesOf(mine))[0]?.after).toEqual({ handle: `yerba-${mine.orgId.slice(-8)}` });
  });

  test("an area's overflow is whole, and leads to no loop nor to a stranger's", async () => {
    const [mine, theirs] = [await team(), await team()];
    const { actor, orgId, areaId } = mine;
    const { areaId: sales } = await inOrganisation(actor, orgId, (ctx) => createArea(ctx, { orgId, name: "Ventas" }));
    const set = (id: string, overflowAreaId: string | null, overflowMinutes: number | null) =>
      inOrganisation(actor, orgId, (ctx) =>
        updateArea(ctx, { orgId, areaId: id, change: { overflowAreaId, overflowMinutes } }),
      );
    await expect(set(areaId, areaId, 30)).rejects.toEqual(refusal(422, "overflow_loop"));
    await expect(set(areaId, sales, null)).rejects.toEqual(refusal(422, "overflow_incomplete"));
    await expect(set(areaId, theirs.areaId, 30)).rejects.toEqual(refusal(404, "not_found"));
    await set(areaId, sales, 30);
    await expect(set(sales, areaId, 30)).rejects.toEqual(refusal(422, "overflow_loop"));
    await expect(set(areaId, sales, 1)).rejects.toEqual(refusal(422, "out_of_range"));
    const archive = (id: string) => inOrganisation(actor, orgId, (ctx) => archiveArea(ctx, { orgId, areaId: id }));
    await expect(archive(sales)).rejects.toEqual(refusal(409, "area_in_use"));
    await inOrganisation(actor, orgId, (ctx) => redirectArea(ctx, { orgId, areaId: sales, toAreaId: areaId }));
    await archive(sales);
  });

  test("who enters or leaves an area is told at once, the others are not", async () => {
    const { actor, orgId, areaId, memberId, agentId, ana } = await team();
    const set = (memberIds: string[]) =>
      heard(() => inOrganisation(actor, orgId, (ctx) => setAreaMembers(ctx, { orgId, areaId, memberIds })));
    const told = {
      name: "member.changed",
      data: { orgId, memberId: agentId, accountId: ana.accountId, change: "areas" },
    };
    expect(await set([memberId])).toEqual([told]);
    expect(await set([memberId])).toEqual([]);
    expect(await set([memberId, agentId])).toEqual([told]);
  });

  test("a holiday is one a day, and goes again", async () => {
    const mine = await team();
    const { actor, orgId } = mine;
    const add = (day: string) =>
      inOrganisation(actor, orgId, (ctx) =>
        addHoliday(ctx, { orgId, holiday: { name: "Feriado", day, spans: [], areaId: null } }),
      );
    const { id: holidayId } = await add("2027-05-25");
    await expect(add("2027-05-25")).rejects.toEqual(refusal(409, "holiday_taken"));
    await expect(add("2027-02-30")).rejects.toEqual(refusal(422, "day_malformed"));
    await inOrganisation(actor, orgId, (ctx) => removeHoliday(ctx, { orgId, holidayId }));
    expect((await actionsOf(mine)).slice(-2)).toEqual(["holiday.added", "holiday.removed"]);
  });

  test("tokens are listed without their secrets, until they are revoked", async () => {
    const { actor, agent, orgId, memberId } = await team();
    const list = (by: AccountActor) => inOrganisation(by, orgId, (ctx) => listTokens(ctx, orgId));
    const { id, token } = await inOrganisation(actor, orgId, (ctx) =>
      createToken(ctx, { orgId, memberId, name: "Tienda", scopes: ["tickets:read"] }),
    );
    const listed = await list(actor);
    expect(listed).toMatchObject([{ id, name: "Tienda", scopes: ["tickets:read"], memberName: "Admin" }]);
    expect(JSON.stringify(listed)).not.toContain(token);
    await expect(list(agent)).rejects.toEqual(refusal(403, "forbidden"));
    await inOrganisation(actor, orgId, (ctx) => revokeToken(ctx, { orgId, tokenId: id }));
    expect(await list(actor)).toEqual([]);
  });

  test("an invitation that is withdrawn is told by its address", async () => {
    const mine = await team();
    const { actor, orgId } = mine;
    const { invitationId } = await inOrganisation(actor, orgId, (ctx) =>
      inviteMember(ctx, { orgId, role: "agent", areaIds: [], email: "eva@example.test" }),
    );
    await inOrganisation(actor, orgId, (ctx) => revokeInvitation(ctx, { orgId, invitationId }));
    expect((await entriesOf(mine))[0]).toMatchObject({ action: "invitation.revoked", subjectName: "eva@example.test" });
  });
});
