import { expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { claimTicket, getThread, sendMessage } from "../index.server";

withProduct();

it("a customer answers a message of their own conversation that they see, and no other", async () => {
  const world = await makeWorld();
  const [rosa, tito] = [await makeCustomer(world), await makeCustomer(world, "Tito")];
  await rosa.writes("hola");
  await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
  const asked = await memberWrites(world.agent, rosa.conversationId, "¿Qué modelo?");
  const note = await memberWrites(world.agent, rosa.conversationId, "morosa", { visibility: "staff" });
  const foreign = await tito.writes("lo mío");
  const answer = { conversationId: rosa.conversationId, text: "El azul", visibility: "public" as const };
  const clientId = newId();
  const { row } = await sendMessage(rosa.guest, { ...answer, clientId, replyTo: asked.id });
  expect(row.replyTo).toBe(asked.id);
  const again = await sendMessage(rosa.guest, { ...answer, clientId, replyTo: asked.id });
  expect(again).toMatchObject({ dedup: true, row: { id: row.id } });
  for (const replyTo of [note.id, foreign.id, newId()]) {
    const refused = sendMessage(rosa.guest, { ...answer, clientId: newId(), replyTo });
    await expect(refused).rejects.toMatchObject({ status: 404 });
  }
  expect((await getThread(world.agent, rosa.conversationId)).messages.at(-1)).toMatchObject({ reply_to: asked.id });
});
