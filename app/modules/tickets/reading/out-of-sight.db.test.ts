import { describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  withProduct,
} from "../../../../tests/support/world";
import { sendMessage } from "../desk/send-message.server";
import { updateTicket } from "../desk/update-ticket.server";
import { openAccountConversation } from "../inbound/open-customer-conversation.server";
import { listTickets } from "../lists/list-tickets.server";
import { listAccountChats } from "./list-account-chats.server";
import { getTicket } from "./read-tickets.server";

withProduct();

describe("what stays out of sight", () => {
  it("who sees only an earlier ticket of a conversation learns nothing of the one that follows", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await memberWrites(world.agent, rosa.conversationId, "resuelto");
    const earlier = await ticketOf(world, rosa.conversationId);
    await updateTicket(world.agent, earlier.id, { state: "closed" });
    expect(await getTicket(world.agent, earlier.id)).toMatchObject({ last_message: { text: "resuelto" } });
    await memberWrites(world.admin, rosa.conversationId, "de nuevo");
    const later = await ticketOf(world, rosa.conversationId);
    await updateTicket(world.admin, later.id, { areaId: world.areas.support, note: "canario" });
    expect(later.id).not.toBe(earlier.id);
    expect(await getTicket(world.agent, earlier.id)).toMatchObject({ last_message: { text: "resuelto" } });
    const seen = await listTickets(world.agent, world.orgId, {}, { limit: 10 });
    expect(seen.tickets.map((ticket) => ticket.id)).toEqual([earlier.id]);
    expect(JSON.stringify(seen)).not.toContain("canario");
    expect(await getTicket(world.admin, later.id)).toMatchObject({ last_message: { text: "canario" } });
  });

  it("a note moves nothing in the customer's list of chats; a reply does", async () => {
    const world = await makeWorld();
    const diego = await makeAccount("Diego");
    const id = await openAccountConversation(diego, world.handle);
    await sendMessage(diego, { conversationId: id, clientId: newId(), text: "hola", visibility: "public" });
    const before = await listAccountChats(diego);
    expect(before).toMatchObject([{ last_text: "hola", unread: 0 }]);
    await memberWrites(world.admin, id, "canario: moroso", { visibility: "staff" });
    expect(await listAccountChats(diego)).toEqual(before);
    await memberWrites(world.admin, id, "¡Hola, Diego!");
    expect(await listAccountChats(diego)).toMatchObject([{ last_text: "¡Hola, Diego!", unread: 1 }]);
  });
});
