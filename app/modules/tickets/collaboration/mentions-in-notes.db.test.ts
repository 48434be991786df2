import { describe, expect, it } from "vitest";
import { searchConversation } from "~/modules/search/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { changeText } from "../desk/change-message.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { listFeed } from "../lists/list-feed.server";
import { listTickets } from "../lists/list-tickets.server";
import { listNotices } from "../notices/read-notices.server";
import { joinTopic } from "../reading/join-topic.server";
import { listHeads } from "../reading/list-heads.server";
import { getThread } from "../reading/read-conversation.server";
import { getTicket } from "../reading/read-tickets.server";

withProduct();

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code?: string }) => error.code,
  );

async function scene() {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("¿tienen repuestos?");
  const { id } = await ticketOf(world, rosa.conversationId);
  await claimTicket(world.agent, id);
  const note = (text: string) => memberWrites(world.agent, rosa.conversationId, text, { visibility: "staff" });
  return { world, rosa, id, note };
}

/** Every way in which a member comes to read a ticket. */
const ways = async (world: World, id: string, conversationId: string) => {
  const { other: reader, orgId } = world;
  const feed = await listFeed(reader, orgId, { after: "0", limit: 50 });
  return {
    page: await codeOf(getTicket(reader, id)),
    thread: await codeOf(getThread(reader, conversationId)),
    topic: await codeOf(joinTopic(reader, `conversation:${conversationId}`)),
    search: await codeOf(searchConversation(reader, conversationId, { q: "repuestos", limit: 5 })),
    list: (await listTickets(reader, orgId, {}, { limit: 50 })).tickets.some((one) => one.id === id),
    head: conversationId in (await listHeads(reader, [conversationId])),
    feed: feed.entries.some((entry) => entry.ticket.id === id),
  };
};

const ALL = { page: "no error", thread: "no error", topic: "no error", search: "no error", list: true, head: true };
const NONE = { page: "not_found", thread: "not_found", topic: "not_found", search: "not_found", list: false };

describe("a note that calls a colleague", () => {
  it("(R16) lets them read that ticket by every door, and nobody else", async () => {
    const { world, rosa, id, note } = await scene();
    expect(await ways(world, id, rosa.conversationId)).toEqual({ ...NONE, head: false, feed: false });
    await note("@Ana, mirá");
    expect(await ways(world, id, rosa.conversationId)).toEqual({ ...NONE, head: false, feed: false });
    const said = await note("@Carla, ¿lo ves?");
    expect(said.payload).toEqual({ mentions: [{ id: world.memberId(world.other), name: "Carla" }] });
    expect(await ways(world, id, rosa.conversationId)).toMatchObject(ALL);
    const { notices, unread } = await listNotices(world.other, world.orgId, { limit: 10 });
    expect(notices).toMatchObject([{ kind: "mentioned", by: "Bruno", ticket_id: id, contact: "Rosa" }]);
    expect(unread).toBe(1);
  });

  it("gives them no more than to read and to leave notes, also where it went on since", async () => {
    const { world, rosa, id, note } = await scene();
    await note("@Carla, ¿lo ves?");
    const { can } = await getTicket(world.other, id);
    expect(can).toEqual({
      ...{ see: true, note: true },
      ...{ reply: false, claim: false, manage: false, close: false, reopen: false },
    });
    const writes = (visibility: "public" | "staff") =>
      memberWrites(world.other, rosa.conversationId, "sí", { visibility });
    expect(await codeOf(writes("public"))).toBe("take_first");
    expect(await codeOf(claimTicket(world.other, id))).toBe("already_claimed");
    expect(await codeOf(updateTicket(world.other, id, { state: "closed" }))).toBe("forbidden");
    expect(await codeOf(writes("staff"))).toBe("no error");
    await updateTicket(world.agent, id, { state: "closed" });
    expect((await getTicket(world.other, id)).can).toMatchObject({ see: true, reply: false, reopen: false });
  });

  it("also by another text of the note, and tells nobody twice", async () => {
    const { world, id, note } = await scene();
    const said = await note("hola");
    await changeText(world.agent, said.id, "hola @Carla");
    await changeText(world.agent, said.id, "hola @Carla y @Ana");
    expect(await codeOf(getTicket(world.other, id))).toBe("no error");
    const of = async (one: typeof world.other) => {
      const { notices } = await listNotices(one, world.orgId, { limit: 10 });
      return notices.filter(({ kind }) => kind === "mentioned").length;
    };
    expect(await Promise.all([of(world.other), of(world.admin), of(world.agent)])).toEqual([1, 1, 0]);
  });

  it("(TE7) calls 20 at most, and has no word for all", async () => {
    const { world, note } = await scene();
    const names = Array.from({ length: 21 }, (_, n) => `Persona${n}x`);
    for (const name of names) {
      const { accountId } = await makeAccount(name);
      const row = { id: newId(), orgId: world.orgId, accountId, role: "agent" } as const;
      await asSystem("test", (tx) => tx.insert(schema.member).values(row));
    }
    const calling = (some: string[]) => note(some.map((name) => `@${name}`).join(" "));
    expect(await codeOf(calling(names))).toBe("too_many_called");
    expect((await note("@all @todos @here")).payload).toBeNull();
    expect((await calling(names.slice(1))).payload?.mentions).toHaveLength(20);
  });
});
