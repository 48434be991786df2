import { expect, it } from "vitest";
import { createGroup, createGroupInvite, listReports } from "~/modules/chats/index.server";
import { loggedPath } from "~/platform/http/call.server";
import { action as report } from "../../app/routes/conversations.$id.report/route";
import { action as join, loader as viewLink } from "../../app/routes/join.$token/route";
import { loader as picture } from "../../app/routes/join.$token_.picture/route";
import { openSession } from "../support/accounts/people";
import { call } from "../support/accounts/route-calls";
import { makeAccount, withProduct } from "../support/world";

withProduct();

async function linkOf(asks = false) {
  const owner = await makeAccount("Ana");
  const id = await createGroup(owner, { title: "Asado", accountIds: [] });
  const { link } = await createGroupInvite(owner, id, { days: 1, asks });
  return { id, owner, token: link.split("/join/")[1] ?? "" };
}
const cookieOf = async (accountId: string) => (await openSession(accountId)).cookie;

it("a link leads who is not signed in to the sign-in page and back, and is kept out of the logs", async () => {
  const { token } = await linkOf();
  const asked = viewLink({ ...call("", `/join/${token}`), params: { token } });
  const answer = (await asked.catch((thrown: unknown) => thrown)) as Response;
  expect(answer.headers.get("location")).toBe(`/login?next=${encodeURIComponent(`/join/${token}`)}`);
  expect(loggedPath(`/join/${token}`)).toBe("/join/…");
});

it("a link that does not work is one page with 404, by which no picture comes either", async () => {
  const cookie = await cookieOf((await makeAccount("Eva")).accountId);
  for (const token of ["x", "a".repeat(43)]) {
    const shown = await viewLink({ ...call(cookie, `/join/${token}`), params: { token } });
    expect(shown).toMatchObject({ data: { invite: null }, init: { status: 404 } });
    await expect(picture({ ...call(cookie, `/join/${token}/picture`), params: { token } })).rejects.toMatchObject({
      status: 404,
    });
    expect(await join({ ...call(cookie, `/join/${token}`, {}), params: { token } })).toMatchObject({
      data: { problem: { code: "not_found" } },
    });
  }
});

it("a group without a picture shows none by its link", async () => {
  const { token } = await linkOf(true);
  const cookie = await cookieOf((await makeAccount("Eva")).accountId);
  await expect(picture({ ...call(cookie, `/join/${token}/picture`), params: { token } })).rejects.toMatchObject({
    status: 404,
  });
});

it("a report is taken with a reason that there is, and refused with its status and code otherwise", async () => {
  const { id, owner } = await linkOf();
  const [own, evas] = [await cookieOf(owner.accountId), await cookieOf((await makeAccount("Eva")).accountId)];
  const sends = async (cookie: string, fields: Record<string, string>) => {
    const answer = await report({ ...call(cookie, `/conversations/${id}/report`, fields), params: { id } });
    return answer instanceof Response ? answer.status : answer;
  };
  expect(await sends(own, { reason: "ruido" })).toBe(422);
  expect(await sends(own, {})).toBe(422);
  expect(await sends(evas, { reason: "spam" })).toBe(404);
  expect(await listReports(null)).toEqual([]);
  expect(await sends(own, { reason: "spam", note: "x", message: "" })).toEqual({ problem: null });
  expect(await listReports(null)).toHaveLength(1);
});
