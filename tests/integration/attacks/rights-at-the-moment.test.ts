import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { removeMember, setMemberAreas } from "~/modules/accounts/index.server";
import { claimTicket, openSideThread, updateTicket } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../support/world";

withProduct();

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

type Admin = Context<World["admin"]>;
const takenAway: [string, (ctx: Admin, memberId: string) => Promise<unknown>][] = [
  ["who is removed", (ctx, memberId) => removeMember(ctx, { orgId: world.orgId, memberId })],
  [
    "who is put into another area",
    (ctx, memberId) => setMemberAreas(ctx, { orgId: world.orgId, memberId, areaIds: [world.areas.support] }),
  ],
];

describe.each(takenAway)("%s while a deed of theirs waits for the ticket (TA20)", (_, takeAway) => {
  const deeds: [string, (by: World["agent"], at: { id: string; conversationId: string }) => Promise<unknown>][] = [
    ["claims", (by, { id }) => claimTicket(by, id)],
    ["changes", (by, { id }) => updateTicket(by, id, { priority: "urgent" })],
    ["closes", (by, { id }) => updateTicket(by, id, { state: "closed" })],
    ["answers", (by, { conversationId }) => memberWrites(by, conversationId, "ya no")],
    ["asks a colleague", (by, { id }) => openSideThread(by, id, [world.memberId(world.other)])],
  ];

  it.each(deeds)("no more %s", async (name, deed) => {
    world = await makeWorld();
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    const { conversationId } = customer;
    const { id } = await ticketOf(world, conversationId);
    const before = await ticketOf(world, conversationId);
    let waiting: Promise<unknown> = Promise.resolve();
    // The conversation is held while the right is taken away: what was let in before looks again once it has it.
    await asSystem("test", async (tx) => {
      await tx.select().from(schema.conversation).where(eq(schema.conversation.id, conversationId)).for("update");
      if (name === "asks a colleague")
        await tx.select().from(schema.ticket).where(eq(schema.ticket.id, id)).for("update");
      waiting = deed(world.agent, { id, conversationId }).then(
        () => "done",
        (error: { status?: number }) => error.status,
      );
      await new Promise((done) => setTimeout(done, 50));
      await transact(world.admin, { orgId: world.orgId, accountId: world.admin.accountId }, (ctx) =>
        takeAway(ctx, world.memberId(world.agent)),
      );
    });
    expect([403, 404]).toContain(await waiting);
    expect(await ticketOf(world, conversationId)).toEqual(before);
  });
});
