import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { getThread, listTicketEvents } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, ticketOf, withProduct } from "../../../../tests/support/world";
import { flowOf } from "../engine/fake-customer";
import type { Flow } from "../flow";
import { createFlow, publishDraft } from "../index.server";

withProduct();

async function botWorld(flow: Flow) {
  const world = await makeWorld();
  await transactAsSystem(SYSTEM, "test", async (ctx) => {
    const row = await createFlow(ctx, { orgId: world.orgId, draft: flow });
    await publishDraft(ctx, row);
    await ctx.tx.update(schema.channel).set({ flowId: row.id }).where(eq(schema.channel.orgId, world.orgId));
  });
  return { world, rosa: await makeCustomer(world) };
}

describe("a bot", () => {
  it("changes the contact and the ticket, notes it for colleagues, and asks for a rating as it closes", async () => {
    const changes = {
      contact: [
        { field: "email", value: "ROSA@Ejemplo.com" },
        { field: "phone", value: "no es un teléfono" },
        { field: "city", value: "Luque" },
      ],
      contactTagsAdd: ["vip"],
      tagsAdd: ["bot"],
      priority: "high",
    };
    const flow = flowOf(
      {
        u: { kind: "update", settings: changes },
        n: { kind: "note", settings: { text: "De {{contact.city}}" } },
        c: { kind: "close", settings: { message: "Chau", askRating: true } },
      },
      ["u.next>n", "n.next>c"],
    );
    const { world, rosa } = await botWorld(flow);
    await rosa.writes("hola");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket).toMatchObject({ state: "closed", priority: "high", tags: ["bot"] });
    const [contact] = await asSystem("test", (tx) =>
      tx.select().from(schema.contact).where(eq(schema.contact.orgId, world.orgId)),
    );
    expect(contact).toMatchObject({
      email: "rosa@ejemplo.com",
      phone: null,
      tags: ["vip"],
      variables: { city: "Luque" },
    });
    const { messages } = await getThread(world.admin, rosa.conversationId);
    expect(messages).toContainEqual(expect.objectContaining({ text: "De Luque", visibility: "staff" }));
    expect(messages.at(-1)).toMatchObject({ kind: "rating" });
  });

  it("(F36) that another bot answers for ever stops, and a person gets the ticket with the reason", async () => {
    const flow = flowOf(
      { m: { kind: "choice", settings: { body: "¿Seguimos?", items: [{ id: "si", label: "Sí" }] } } },
      ["m.si>m"],
    );
    const { world, rosa } = await botWorld(flow);
    await rosa.writes("hola");
    for (let i = 0; i < 30 && (await ticketOf(world, rosa.conversationId)).state === "bot"; i++)
      await rosa.writes("sí");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket.state).toBe("open");
    const lines = await listTicketEvents(world.admin, ticket.id);
    expect(lines.at(-1)).toMatchObject({ kind: "handed_over", reason: "loop" });
  });
});
