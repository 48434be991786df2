import { expect, it } from "vitest";
import {
  actorFor,
  addMember,
  inOrganisation,
  makeOrganisation,
  makePerson,
  openSession,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import { listAudit } from "../audit/list-audit.server";
import { updateOrganisation } from "../organisations/update-organisation.server";
import { findProfile } from "../visitor/find-actor.server";
import { ALL_LOUD, type NoticeChoice } from "./notice-choice";
import { setNoticeChoice } from "./set-notice-choice.server";

withDatabase();

const NIGHT: NoticeChoice = { loud: ["assigned", "mentioned"], quiet: { from: "22:00", to: "07:00" } };
const FEW: NoticeChoice = { loud: ["mentioned"], quiet: null };

it("is the organisation's until a member chooses, and again once they choose no more", async () => {
  const org = await makeOrganisation();
  const { orgId } = org;
  const ana = await makePerson();
  await addMember(orgId, ana, "agent");
  const [admin, agent] = [await actorFor(org.admin), await actorFor(ana)];
  const seen = async () => {
    const { cookie } = await openSession(ana.accountId);
    const profile = await findProfile(new Request("https://guazu.test/", { headers: { cookie } }));
    const { notices, ownNotices } = profile?.organisations[0] ?? {};
    return { notices, ownNotices };
  };
  expect(await seen()).toEqual({ notices: ALL_LOUD, ownNotices: false });
  await inOrganisation(admin, orgId, (ctx) => updateOrganisation(ctx, { orgId, change: { noticeChoice: NIGHT } }));
  expect(await seen()).toEqual({ notices: NIGHT, ownNotices: false });
  await inOrganisation(agent, orgId, (ctx) => setNoticeChoice(ctx, { orgId, choice: FEW }));
  expect(await seen()).toEqual({ notices: FEW, ownNotices: true });
  await inOrganisation(agent, orgId, (ctx) => setNoticeChoice(ctx, { orgId, choice: null }));
  expect(await seen()).toEqual({ notices: NIGHT, ownNotices: false });
  const { entries } = await inOrganisation(admin, orgId, (ctx) => listAudit(ctx, { orgId, limit: 1 }));
  expect(entries[0]).toMatchObject({ action: "organisation.changed", after: { notice_choice: NIGHT } });
});

it("is set for all by admins alone, and for oneself by members alone", async () => {
  const org = await makeOrganisation();
  const { orgId } = org;
  const ana = await makePerson();
  await addMember(orgId, ana, "agent");
  const [agent, stranger] = [await actorFor(ana), await actorFor(await makePerson("Eva"))];
  const forAll = inOrganisation(agent, orgId, (ctx) =>
    updateOrganisation(ctx, { orgId, change: { noticeChoice: FEW } }),
  );
  await expect(forAll).rejects.toMatchObject({ status: 403 });
  const own = inOrganisation(stranger, orgId, (ctx) => setNoticeChoice(ctx, { orgId, choice: FEW }));
  await expect(own).rejects.toMatchObject({ status: 404 });
});
