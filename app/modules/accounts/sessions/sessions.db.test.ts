import { expect, test } from "vitest";
import { newId } from "~/platform/ids";
import {
  client,
  heard,
  makeAccount,
  makePerson,
  openSession,
  PASSWORD,
  readSessions,
  refusal,
  request,
  withDatabase,
} from "../../../../tests/support/accounts/people";
import type { AccountActor } from "../actor";
import { findActor } from "../visitor/find-actor.server";
import { listSessions } from "./list-sessions.server";
import { revokeOtherSessions, revokeSession } from "./revoke-sessions.server";
import { signIn } from "./sign-in.server";

withDatabase();

const actorOf = async (cookie: string) => (await findActor(request(cookie))) as AccountActor;

test("the list shows one's own devices, this one first, and no secret", async () => {
  const [ana, eva] = [await makeAccount(), await makePerson("Eva")];
  await openSession(eva.accountId);
  await signIn({ email: ana.email, password: PASSWORD, client: client() });
  const here = await openSession(ana.accountId);
  const list = await listSessions(await actorOf(here.cookie));
  expect(list).toHaveLength(2);
  expect(list[0]).toMatchObject({ id: here.sessionId, current: true, browser: null, address: null });
  expect(list[1]).toMatchObject({ current: false, browser: "Chrome", system: "Linux", address: "203.0.113.7" });
  for (const { token } of await readSessions(ana.accountId)) expect(JSON.stringify(list)).not.toContain(token);
});

test("revoking one signs that device out and says so", async () => {
  const ana = await makePerson();
  const [here, phone] = [await openSession(ana.accountId), await openSession(ana.accountId)];
  const actor = await actorOf(here.cookie);
  const events = await heard(() => revokeSession(actor, phone.sessionId));
  expect(events).toEqual([
    { name: "session.ended", data: { accountId: ana.accountId, sessionId: phone.sessionId, keep: null } },
  ]);
  expect(await findActor(request(phone.cookie))).toBeNull();
  expect(await findActor(request(here.cookie))).not.toBeNull();
});

test("another account's session is not there", async () => {
  const [ana, eva] = [await makePerson(), await makePerson("Eva")];
  const [here, evas] = [await openSession(ana.accountId), await openSession(eva.accountId)];
  const actor = await actorOf(here.cookie);
  await expect(revokeSession(actor, evas.sessionId)).rejects.toEqual(refusal(404, "not_found"));
  await expect(revokeSession(actor, newId())).rejects.toEqual(refusal(404, "not_found"));
  expect(await findActor(request(evas.cookie))).not.toBeNull();
});

test("revoking all others leaves this one", async () => {
  const ana = await makePerson();
  const here = await openSession(ana.accountId);
  const others = [await openSession(ana.accountId), await openSession(ana.accountId)];
  expect(await revokeOtherSessions(await actorOf(here.cookie))).toBe(2);
  for (const other of others) expect(await findActor(request(other.cookie))).toBeNull();
  expect(await findActor(request(here.cookie))).not.toBeNull();
});
