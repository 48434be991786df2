import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { asSystem } from "~/platform/db.server";
import { loader as adminLoader } from "~/routes/admin/route";
import { action as areasAction, loader as areasLoader } from "~/routes/admin.areas/route";
import { action, loader } from "~/routes/admin.members/route";
import { schema } from "~db/index.server";
import { addMember, makeOrganisation, makePerson, openSession, withDatabase } from "../../support/accounts/people";
import { call, outcome } from "../../support/accounts/route-calls";

withDatabase();

async function team() {
  const org = await makeOrganisation();
  const ana = await makePerson();
  const memberId = await addMember(org.orgId, ana, "agent", [org.areaId]);
  const [admin, agent] = [await openSession(org.admin.accountId), await openSession(ana.accountId)];
  return { ...org, ana, agentId: memberId, adminCookie: admin.cookie, agentCookie: agent.cookie };
}
type Team = Awaited<ReturnType<typeof team>>;

const readMember = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.member).where(eq(schema.member.id, id))))[0];
const readArea = async (id: string) =>
  (await asSystem("test", (tx) => tx.select().from(schema.area).where(eq(schema.area.id, id))))[0];

/** Every form of the admin's pages, aimed at a team's members and areas. */
const forms = (at: Team) => ({
  member: { intent: "member", memberId: at.agentId, role: "admin", areaIds: [at.areaId] },
  remove: { intent: "remove", memberId: at.agentId },
  invite: { intent: "invite", email: "", role: "admin", areaIds: [at.areaId] },
});
const areaForms = (at: Team) => ({
  up: { intent: "up", areaId: at.areaId },
});

describe("the admin's pages", () => {
  test("are not for agents, in no form, and not for strangers (TA11)", async () => {
    const mine = await team();
    for (const read of [adminLoader, loader, areasLoader]) {
      expect(await outcome(read(call(mine.agentCookie, "/admin/members")))).toMatchObject({ status: 403 });
      expect(await outcome(read(call(null, "/admin/members")))).toMatchObject({
        status: 302,
        location: "/login?next=%2Fadmin%2Fmembers",
      });
    }
    for (const cookie of [mine.agentCookie, null]) {
      const status = cookie ? 403 : 401;
      for (const form of Object.values(forms(mine)))
        expect((await outcome(action(call(cookie, "/admin/members", form)))).status).toBe(status);
      for (const form of Object.values(areaForms(mine)))
        expect((await outcome(areasAction(call(cookie, "/admin/areas", form)))).status).toBe(status);
    }
    expect(await readMember(mine.agentId)).toMatchObject({ role: "agent", removedAt: null });
  });

  test("another organisation's members and areas are not there, and stay as they were (TA1)", async () => {
    const [mine, theirs] = [await team(), await team()];
    const before = [await readMember(theirs.agentId), await readArea(theirs.areaId)];
    for (const form of Object.values(forms(theirs))) {
      const forged = { ...form, orgId: theirs.orgId, organisation: theirs.orgId };
      const cookie = `${mine.adminCookie}; org=${theirs.orgId}`;
      expect(await outcome(action(call(cookie, `/admin/members?org=${theirs.orgId}`, forged)))).toMatchObject({
        status: 404,
      });
    }
    for (const form of Object.values(areaForms(theirs))) {
      expect(await outcome(areasAction(call(mine.adminCookie, "/admin/areas", form)))).toMatchObject({ status: 404 });
    }
    expect([await readMember(theirs.agentId), await readArea(theirs.areaId)]).toEqual(before);
    const page = JSON.stringify((await outcome(loader(call(mine.adminCookie, "/admin/members")))).data);
    for (const id of [theirs.orgId, theirs.agentId, theirs.areaId, theirs.ana.accountId, theirs.ana.email])
      expect(page).not.toContain(id);
  });

  test("change roles and areas, remove, invite and withdraw", async () => {
    const mine = await team();
    const send = (form: Record<string, string | string[]>) =>
      outcome(action(call(mine.adminCookie, "/admin/members", form)));
    expect(await send(forms(mine).member)).toMatchObject({ status: 302, location: "/admin/members?done=saved" });
    expect((await readMember(mine.agentId))?.role).toBe("admin");
    const made = await send({ ...forms(mine).invite, email: " Eva@Example.test " });
    expect(made).toMatchObject({
      status: 200,
      data: { invited: { email: "eva@example.test", link: expect.stringMatching(/\/invite\/[\w-]{43}$/) } },
    });
    const { data } = await outcome(loader(call(mine.adminCookie, "/admin/members")));
    const { invitations } = data as { invitations: { id: string; email: string }[] };
    expect(invitations).toMatchObject([{ email: "eva@example.test" }]);
    expect(await send({ intent: "revoke", invitationId: invitations[0]?.id ?? "" })).toMatchObject({
      location: "/admin/members?done=revoked",
    });
    expect(await send(forms(mine).remove)).toMatchObject({ location: "/admin/members?done=removed" });
    expect((await readMember(mine.agentId))?.removedAt).not.toBeNull();
  });

  test("what is wrong in a form is an answer with its field", async () => {
    const mine = await team();
    const send = (form: Record<string, string | string[]>) =>
      outcome(action(call(mine.adminCookie, "/admin/members", form)));
    expect(await send({ ...forms(mine).invite, email: "no address" })).toMatchObject({
      status: 422,
      data: { problem: { code: "email_malformed", field: "email" } },
    });
    expect(await send({ ...forms(mine).invite, role: "owner" })).toMatchObject({
      status: 422,
      data: { problem: { code: "invalid", field: "role" } },
    });
    expect(await send({ intent: "remove", memberId: "' or 1=1" })).toMatchObject({ status: 422 });
    expect(await send({ intent: "member", memberId: mine.memberId, role: "agent" })).toMatchObject({
      status: 409,
      data: { problem: { code: "last_admin" } },
    });
    expect(await send({ intent: "unheard of" })).toMatchObject({ status: 422 });
  });
});
