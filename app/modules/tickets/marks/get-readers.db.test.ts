import { expect, it } from "vitest";
import { removeFromGroup } from "~/modules/chats/index.server";
import { newId } from "~/platform/ids";
import { makeDirect, makeGroup, says } from "../../../../tests/support/accounts/chats";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  withProduct,
} from "../../../../tests/support/world";
import { claimTicket, getReaders, markOwn, markRead } from "../index.server";

withProduct();

it("tells who of a group has read a message and who has not, without its author and who left", async () => {
  const { ana, beto, caro, id } = await makeGroup();
  const [first, second] = [await says(ana, id, "uno"), await says(ana, id, "dos")];
  await markRead(beto, id, first.seq);
  expect(await getReaders(ana, first.id)).toEqual({
    read: [{ id: beto.accountId, name: "Beto", at: expect.any(String) }],
    unread: [{ id: caro.accountId, name: "Caro" }],
  });
  await markRead(caro, id, second.seq);
  const { read, unread } = await getReaders(beto, second.id);
  expect([read.map(({ name }) => name), unread.map(({ name }) => name)]).toEqual([["Caro"], ["Beto"]]);
  expect((await getReaders(ana, first.id)).read.map(({ name }) => name)).toEqual(["Caro", "Beto"]);
  await removeFromGroup(ana, id, caro.accountId);
  expect(await getReaders(ana, second.id)).toEqual({ read: [], unread: [{ id: beto.accountId, name: "Beto" }] });
});

it("tells it of a direct chat too", async () => {
  const { ana, beto, id } = await makeDirect();
  const row = await says(ana, id, "¿leíste?");
  expect((await getReaders(ana, row.id)).unread).toHaveLength(1);
  await markRead(beto, id, row.seq);
  expect(await getReaders(ana, row.id)).toMatchObject({ read: [{ name: "Beto" }], unread: [] });
});

it("is for who sees the message, and of customers' conversations for members", async () => {
  const { ana, beto, id } = await makeGroup();
  const row = await says(ana, id, "uno");
  const world = await makeWorld();
  const token = { ...ana, token: { id: newId(), scopes: ["*"] } };
  await removeFromGroup(ana, id, beto.accountId);
  for (const actor of [beto, token, await makeAccount("Eva"), world.admin])
    await expect(getReaders(actor, row.id)).rejects.toMatchObject({ status: 404 });
  await markOwn(ana, row.id, { hidden: true });
  await expect(getReaders(ana, row.id)).rejects.toMatchObject({ status: 404 });
  const rosa = await makeCustomer(world);
  const hers = await rosa.writes("hola");
  await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
  const note = await memberWrites(world.agent, rosa.conversationId, "nota", { visibility: "staff" });
  await markRead(world.agent, rosa.conversationId, note.seq);
  expect(await getReaders(world.admin, hers.id)).toMatchObject({ read: [{ name: "Bruno" }], unread: [] });
  await expect(getReaders(rosa.guest, hers.id)).rejects.toMatchObject({ status: 403 });
  await expect(getReaders(world.other, hers.id)).rejects.toMatchObject({ status: 404 });
});
