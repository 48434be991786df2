import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { removeMember, setMemberAreas } from "~/modules/accounts/index.server";
import { claimTicket, openSideThread, updateContact, updateTicket } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { tallied } from "~/platform/tally";
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

const asAdmin = (work: (ctx: Admin) => Promise<unknown>) =>
  transact(world.admin, { orgId: world.orgId, accountId: world.admin.accountId }, work);

const outcomeOf = (deed: Promise<unknown>) =>
  deed.then(
    () => "done",
    (error: { status?: number }) => error.status,
  );

/** The conversation is held while the right is taken away: what was let in before looks again once it has it. */
async function whileHeld(
  at: { conversationId: string; ticketId?: string; contactId?: string },
  deed: () => Promise<unknown>,
  takeAway: () => Promise<unknown>,
): Promise<unknown> {
  const { contact, conversation, ticket } = schema;
  let waiting: Promise<unknown> = Promise.resolve();
  await asSystem("test", async (tx) => {
    await tx.select().from(conversation).where(eq(conversation.id, at.conversationId)).for("update");
    if (at.ticketId) await tx.select().from(ticket).where(eq(ticket.id, at.ticketId)).for("update");
    if (at.contactId) await tx.select().from(contact).where(eq(contact.id, at.contactId)).for("update");
    waiting = outcomeOf(deed());
    await new Promise((done) => setTimeout(done, 50));
    await takeAway();
  });
  return waiting;
}

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
    const ticketId = name === "asks a colleague" ? id : undefined;
    const outcome = await whileHeld(
      { conversationId, ticketId },
      () => deed(world.agent, { id, conversationId }),
      () => asAdmin((ctx) => takeAway(ctx, world.memberId(world.agent))),
    );
    expect([403, 404]).toContain(outcome);
    expect(await ticketOf(world, conversationId)).toEqual(before);
  });
});

describe("what a deed asks after its right (TA20)", () => {
  it("is asked of the role as it is now: who is an admin no more gives a ticket to their area alone", async () => {
    world = await makeWorld();
    const { conversationId, writes } = await makeCustomer(world);
    await writes("hola");
    const { id } = await ticketOf(world, conversationId);
    await claimTicket(world.agent, id);
    const [mine] = world.agent.memberships;
    const wasAdmin = { ...world.agent, memberships: mine ? [{ ...mine, role: "admin" as const }] : [] };
    const given = updateTicket(wasAdmin, id, { assigneeId: world.memberId(world.other) });
    await expect(given).rejects.toMatchObject({ code: "assignee_not_in_area" });
  });

  it.each(takenAway)("is asked of a contact once it is locked: %s changes it no more", async (_, takeAway) => {
    world = await makeWorld();
    const { conversationId, guest, writes } = await makeCustomer(world);
    await writes("hola");
    const outcome = await whileHeld(
      { conversationId, contactId: guest.contactId },
      () => updateContact(world.agent, world.orgId, guest.contactId, { name: "Otra" }),
      () => asAdmin((ctx) => takeAway(ctx, world.memberId(world.agent))),
    );
    expect(outcome).toBe(404);
    expect((await ticketOf(world, conversationId)).contact.name).toBe("Rosa");
  });
});

describe("plain words, which leave together with others' and are not asked one by one (TA20)", () => {
  type Words = {
    by: (world: World) => World["agent"];
    visibility: "public" | "staff";
    takeAway: () => Promise<unknown>;
  };
  const remove = () =>
    asAdmin((ctx) => removeMember(ctx, { orgId: world.orgId, memberId: world.memberId(world.agent) }));
  const agent = () => world.agent;
  // Let in as an admin of no area, who may leave notes everywhere.
  const wasAdmin = ({ other }: World) => ({
    ...other,
    memberships: other.memberships.map((one) => ({ ...one, role: "admin" as const, areaIds: [] })),
  });
  const setRole = (role: "admin" | "agent") =>
    asSystem("test", (tx) =>
      tx
        .update(schema.member)
        .set({ role })
        .where(eq(schema.member.id, world.memberId(world.other))),
    );
  const words: [string, Words][] = [
    ["a note of who is removed", { by: agent, visibility: "staff", takeAway: remove }],
    ["a reply of the assignee, who is removed", { by: agent, visibility: "public", takeAway: remove }],
    [
      "a note of who is put into another area",
      {
        by: agent,
        visibility: "staff",
        takeAway: () =>
          asAdmin((ctx) =>
            setMemberAreas(ctx, {
              orgId: world.orgId,
              memberId: world.memberId(world.agent),
              areaIds: [world.areas.support],
            }),
          ),
      },
    ],
    ["a note of who is an admin no more", { by: wasAdmin, visibility: "staff", takeAway: () => setRole("agent") }],
  ];

  async function begin({ by, visibility }: Words) {
    world = await makeWorld();
    await asSystem("test", (tx) =>
      tx.delete(schema.areaMember).where(eq(schema.areaMember.memberId, world.memberId(world.other))),
    );
    await setRole("admin");
    const { conversationId, writes } = await makeCustomer(world);
    await writes("hola");
    if (visibility === "public") await claimTicket(world.agent, (await ticketOf(world, conversationId)).id);
    const say = () => memberWrites(by(world), conversationId, "palabras", { visibility });
    const quick = tallied("append_messages");
    await say();
    await say();
    expect(tallied("append_messages") - quick).toBe(2);
    const said = () =>
      asSystem("test", (tx) => tx.$count(schema.message, eq(schema.message.conversationId, conversationId)));
    return { conversationId, say, said };
  }

  it.each(words)("%s is not stored on what this process remembers", async (_, given) => {
    const { say, said } = await begin(given);
    await given.takeAway();
    expect([403, 404]).toContain(await outcomeOf(say()));
    expect(await said()).toBe(3);
  });

  it.each(words)("%s while it waits for the conversation is not stored", async (_, given) => {
    const { conversationId, say, said } = await begin(given);
    expect([403, 404]).toContain(await whileHeld({ conversationId }, say, given.takeAway));
    expect(await said()).toBe(3);
  });

  it("does not hold back what a customer writes beside them", async () => {
    const { conversationId } = await begin({ by: agent, visibility: "staff", takeAway: remove });
    const others = await makeCustomer(world, "Luis");
    await others.writes("hola");
    await remove();
    const [theirs, mine] = await Promise.all([
      outcomeOf(others.writes("sigo")),
      outcomeOf(memberWrites(world.agent, conversationId, "nota", { visibility: "staff" })),
    ]);
    expect([theirs, mine]).toEqual(["done", 404]);
  });
});
