import { describe, expect, it } from "vitest";
import { listChats } from "~/modules/chats/index.server";
import { newId } from "~/platform/ids";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { getThread } from "../reading/read-conversation.server";
import { getTicket } from "../reading/read-tickets.server";
import { listSideThreads } from "./list-side-threads.server";
import { openSideThread } from "./open-side-thread.server";

withProduct();

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code?: string }) => error.code,
  );

describe("a side thread of a ticket", () => {
  it("is a chat of those who take part, named after the ticket, and lets nobody read the ticket (TA5)", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("secreto de Rosa");
    const { id, number } = await ticketOf(world, rosa.conversationId);
    const chat = await openSideThread(world.agent, id, [world.memberId(world.other)]);
    await memberWrites(world.agent, chat, "CANARIO ¿qué le digo?");
    expect((await listChats(world.other, [chat]))[0]).toMatchObject({ title: `#${number}`, kind: "org_group" });
    expect(JSON.stringify(await getThread(world.other, chat))).toContain("CANARIO");
    expect(JSON.stringify(await getThread(world.other, chat))).not.toContain("secreto de Rosa");
    expect(await codeOf(getTicket(world.other, id))).toBe("not_found");
    expect(await codeOf(getThread(world.admin, chat))).toBe("not_found");
    expect(await codeOf(getThread(rosa.guest, chat))).toBe("not_found");
    expect(JSON.stringify(await getThread(rosa.guest, rosa.conversationId))).not.toContain("CANARIO");
    expect((await listSideThreads(world.agent, id)).map((one) => one.id)).toEqual([chat]);
    expect(await listSideThreads(world.admin, id)).toEqual([]);
    expect(await codeOf(listSideThreads(world.other, id))).toBe("not_found");
  });

  it("is opened by who sees the ticket, with members of the organisation", async () => {
    const [world, foreign] = [await makeWorld(), await makeWorld()];
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    expect(await codeOf(openSideThread(world.other, id, [world.memberId(world.agent)]))).toBe("not_found");
    expect(await codeOf(openSideThread(foreign.admin, id, [world.memberId(world.agent)]))).toBe("not_found");
    for (const ids of [[], [foreign.memberId(foreign.agent)], [newId()], ["x"]])
      expect(await codeOf(openSideThread(world.agent, id, ids))).toBe("colleagues_unknown");
  });
});
