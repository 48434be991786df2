import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { inviteMember } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { action, headers, loader } from "~/routes/invite.$token/route";
import { schema } from "~db/index.server";
import {
  actorFor,
  inOrganisation,
  makeAccount,
  makeOrganisation,
  makePerson,
  openSession,
  withDatabase,
} from "../../support/accounts/people";
import { call, outcome } from "../../support/accounts/route-calls";

withDatabase();

async function invited(email: string | null = null) {
  const [org, other] = [await makeOrganisation(), await makeOrganisation()];
  const admin = await actorFor(org.admin);
  const input = { orgId: org.orgId, role: "agent" as const, areaIds: [org.areaId], email };
  const { link } = await inOrganisation(admin, org.orgId, (ctx) => inviteMember(ctx, input));
  return { org, other, token: link.slice(link.lastIndexOf("/") + 1) };
}
const at = (token: string, cookie: string | null, fields?: Record<string, string>) => {
  const args = call(cookie, `/invite/${token}`, fields);
  args.params.token = token;
  return args;
};
const membersOf = (accountId: string) =>
  asSystem("test", (tx) => tx.select().from(schema.member).where(eq(schema.member.accountId, accountId)));

describe("an invitation's page", () => {
  test("shows the organisation to whoever holds the link, and keeps the link to this site", async () => {
    const { token } = await invited();
    const page = await outcome(loader(at(token, null)));
    expect(page).toMatchObject({
      status: 200,
      data: { invitation: { organisation: "Yerbatera", role: "agent" }, signedIn: null },
    });
    expect(JSON.stringify(page.data)).not.toContain("orgId");
    expect(headers({} as never)).toMatchObject({ "Referrer-Policy": "same-origin", "Cache-Control": "no-store" });
  });

  test("a link that opens nothing answers 404 and says no more", async () => {
    const page = await outcome(loader(at("A".repeat(43), null)));
    expect(page).toMatchObject({ status: 404, data: { invitation: null } });
  });

  test("role, organisation and areas come from the invitation, whatever the form says (TC9)", async () => {
    const { org, other, token } = await invited();
    const email = `rosa-${newId()}@example.test`;
    const forged = { role: "admin", orgId: other.orgId, areaIds: other.areaId, accountId: other.admin.accountId };
    const joined = await outcome(
      action(at(token, null, { name: "Rosa", email, password: "chipa recién hecha", ...forged })),
    );
    expect(joined).toMatchObject({ status: 302, location: "/" });
    expect(joined.cookies.join()).toContain(`org=${org.orgId}`);
    const [rosa] = await asSystem("test", (tx) =>
      tx.select().from(schema.account).where(eq(schema.account.email, email)),
    );
    expect(await membersOf(rosa?.id as string)).toMatchObject([{ orgId: org.orgId, role: "agent" }]);
  });

  test("who is signed in accepts as themselves", async () => {
    const { org, token } = await invited();
    const ana = await makePerson();
    const { cookie } = await openSession(ana.accountId);
    expect(await outcome(loader(at(token, cookie)))).toMatchObject({
      data: { signedIn: { name: "Ana", email: ana.email } },
    });
    expect(await outcome(action(at(token, cookie, { intent: "accept" })))).toMatchObject({
      status: 302,
      location: "/",
    });
    expect(await membersOf(ana.accountId)).toMatchObject([{ orgId: org.orgId, role: "agent" }]);
    expect(await outcome(action(at(token, cookie, { intent: "accept" })))).toMatchObject({
      status: 404,
      data: { problem: { code: "not_found" } },
    });
  });

  test("who is signed in as somebody else than the invited is refused (TC9)", async () => {
    const { token } = await invited("eva@example.test");
    const ana = await makeAccount();
    const { cookie } = await openSession(ana.accountId);
    const refused = await outcome(action(at(token, cookie, { intent: "accept" })));
    expect(refused).toMatchObject({ status: 403, data: { problem: { code: "invitation_other_address" } } });
    expect(await membersOf(ana.accountId)).toEqual([]);
  });

  test("accepting without being signed in leads to signing in, and back", async () => {
    const { token } = await invited();
    const sent = await outcome(action(at(token, null, { intent: "accept" })));
    expect(sent).toMatchObject({ status: 302, location: `/login?next=${encodeURIComponent(`/invite/${token}`)}` });
  });
});
