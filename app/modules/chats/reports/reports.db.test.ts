import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { getThread, sendMessage, takeBack } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeAccount, makeCustomer, makeWorld, withProduct } from "../../../../tests/support/world";
import {
  answerRequest,
  createGroup,
  createGroupInvite,
  getChat,
  joinByInvite,
  listReports,
  openDirectChat,
  removeFromGroup,
  reportChat,
} from "../index.server";

withProduct();

const says = async (actor: AccountActor, conversationId: string, text: string) =>
  (await sendMessage(actor, { conversationId, clientId: newId(), text, visibility: "public" })).row;

async function direct() {
  const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
  const id = await openDirectChat(ana, beto.accountId);
  await says(ana, id, "hola");
  await answerRequest(beto, id, true);
  return { ana, beto, id };
}
const newest = async () => (await listReports(null))[0];

it("a report keeps the last ten messages as its reporter saw them, and may block too", async () => {
  const { ana, beto, id } = await direct();
  for (let n = 1; n <= 12; n++) await says(beto, id, `oferta ${n}`);
  const gone = await says(beto, id, "me arrepentí");
  await takeBack(beto, gone.id);
  await reportChat(ana, { conversationId: id, reason: "spam", note: " no para ", block: true });
  await says(ana, id, "basta").catch(() => {});
  const report = await newest();
  expect(report).toMatchObject({
    ...{ reason: "spam", note: "no para", message_id: null },
    reporter: { id: ana.accountId, name: "Ana", email: ana.email },
    about: { id: beto.accountId },
    conversation: { id, kind: "direct" },
  });
  expect(report?.excerpt.map((one) => (one as { text: string }).text)).toEqual([
    ...Array.from({ length: 9 }, (_, n) => `oferta ${n + 4}`),
    "",
  ]);
  expect(await getChat(ana, id)).toMatchObject({ blocked: true });
  expect((await getThread(beto, id)).messages.at(-1)?.text).not.toBe("basta");
});

it("of a message is about its author, with what stood before it; nobody is reported by themselves", async () => {
  const { ana, beto, id } = await direct();
  const group = await createGroup(ana, { title: "Asado", accountIds: [beto.accountId] });
  const bad = await says(beto, group, "una cosa fea");
  await says(ana, group, "después");
  await reportChat(ana, { conversationId: group, messageId: bad.id, reason: "abuse" });
  const report = await newest();
  expect(report).toMatchObject({ about: { id: beto.accountId }, message_id: bad.id, conversation: { title: "Asado" } });
  expect(report?.excerpt.at(-1)).toMatchObject({ text: "una cosa fea" });
  const own = await says(ana, group, "mía");
  await reportChat(ana, { conversationId: group, messageId: own.id, reason: "other", block: true });
  expect(await newest()).toMatchObject({ about: null });
  await reportChat(ana, { conversationId: group, reason: "fraud" });
  expect(await newest()).toMatchObject({ about: null, reason: "fraud" });
  await expect(reportChat(ana, { conversationId: id, messageId: bad.id, reason: "abuse" })).rejects.toMatchObject({
    status: 404,
  });
});

it("comes from who takes part alone, and stays when what it is about is gone", async () => {
  const { ana, beto, id } = await direct();
  const eva = await makeAccount("Eva");
  const world = await makeWorld();
  const customer = await makeCustomer(world);
  await customer.writes("hola");
  const before = (await listReports(null)).length;
  const refused = (actor: AccountActor, conversationId: string) =>
    expect(reportChat(actor, { conversationId, reason: "spam" })).rejects.toMatchObject({ status: 404 });
  await refused(eva, id);
  await refused({ ...ana, sessionId: null, token: { id: newId(), scopes: ["*"] } }, id);
  await refused(world.admin, customer.conversationId);
  const group = await createGroup(ana, { title: "Asado", accountIds: [beto.accountId] });
  await removeFromGroup(ana, group, beto.accountId);
  await refused(beto, group);
  const { link } = await createGroupInvite(ana, group, { days: 1, asks: true });
  await joinByInvite(eva, link.split("/join/")[1] ?? "", "192.0.2.1");
  await refused(eva, group);
  expect(await listReports(null)).toHaveLength(before);
  await reportChat(beto, { conversationId: id, reason: "abuse", note: "x".repeat(2_000) });
  await asSystem("test", (tx) => tx.delete(schema.conversation).where(eq(schema.conversation.id, id)));
  const kept = await newest();
  expect(kept).toMatchObject({ conversation: null, reporter: { name: "Beto" } });
  expect(kept?.note).toHaveLength(1_000);
  expect(kept?.excerpt).toHaveLength(1);
  expect(await listReports(new Date(Date.now() + 60_000))).toEqual([]);
});
