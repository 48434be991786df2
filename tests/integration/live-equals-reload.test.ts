import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import {
  applyMissed,
  applyToThread,
  conversationName,
  type LiveThread,
  ticketsName,
  topics,
} from "~/modules/messaging";
import { applyDelivery, lockConversation } from "~/modules/messaging/index.server";
import {
  addTicketEvents,
  applyToTickets,
  type TicketEvent,
  type TicketSummary,
  type TicketViewName,
} from "~/modules/tickets";
import {
  changeText,
  claimTicket,
  getThread,
  joinTopic,
  listConversationChanges,
  listTickets,
  markRead,
  mergeContacts,
  pin,
  react,
  type Thread,
  takeBack,
  ticketVerb,
  undoMerge,
  updateContact,
  updateTicket,
} from "~/modules/tickets/index.server";
import type { Delivery } from "~/platform/events";
import { schema } from "~db/index.server";
import { withFrames } from "../support/hub/frames";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../support/world";

withProduct();

const { hear, forget } = withFrames();

/** A reader of a conversation: what they load, and what their socket hears. */
type Reader = { actor: Actor; accountId: string | null; topic: string; staff: boolean };
const staffReader = (actor: AccountActor, conversationId: string): Reader => ({
  actor,
  accountId: actor.accountId,
  topic: topics.conversationStaff(conversationId),
  staff: true,
});
const guestReader = ({ guest, conversationId }: Customer): Reader => ({
  actor: guest,
  accountId: null,
  topic: topics.conversationPublic(conversationId),
  staff: false,
});

type Screen = Thread & LiveThread & { events: readonly TicketEvent[] };

function apply(state: Screen, frames: readonly Delivery[], reader: Reader, conversationId: string): Screen {
  let next = state;
  const own = [reader.topic, ...(reader.accountId ? [topics.account(reader.accountId)] : [])];
  for (const frame of frames) {
    if (!own.includes(frame.topic) || frame.as !== conversationName(conversationId)) continue;
    next = applyToThread(next, frame, reader.accountId);
    const { events } = (frame.data ?? {}) as { events?: TicketEvent[] };
    if (frame.event === "ticket.changed" && events)
      next = { ...next, events: [...addTicketEvents(next.events, events)] };
  }
  return next;
}

/** What frames do not carry: the list of segments, and the provider's clock of the last inbound message. */
const compared = ({ tickets: _, last_inbound_at: __, more: ___, ...screen }: Screen) => screen;

type Scene = { world: World; rosa: Customer; id: string; ticket: string };
async function scene(options: { bot?: boolean } = {}): Promise<Scene> {
  const world = await makeWorld(options);
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  await memberWrites(world.other, rosa.conversationId, "anterior").catch(() => {});
  await memberWrites(world.admin, rosa.conversationId, "nota vieja", { visibility: "staff" });
  return { world, rosa, id: rosa.conversationId, ticket: (await ticketOf(world, rosa.conversationId)).id };
}

const deliver = (world: World, conversationId: string, mark: "delivered" | "failed") =>
  ticketVerb(SYSTEM, { orgId: world.orgId }, async (ctx) => {
    await lockConversation(ctx, conversationId);
    const rows = await ctx.tx.select().from(schema.message).where(eq(schema.message.conversationId, conversationId));
    const row = rows.findLast((message) => message.authorKind === "member" && message.visibility === "public");
    if (row)
      await applyDelivery(ctx, row, { delivery: mark, error: mark === "failed" ? { code: "x", text: "y" } : null });
  });

const ACTIONS: [string, (s: Scene) => Promise<unknown>][] = [
  ["a customer's message", ({ rosa }) => rosa.writes("¿siguen ahí?")],
  ["a member's reply", ({ world, id }) => memberWrites(world.agent, id, "¡Hola!")],
  ["a note", ({ world, id }) => memberWrites(world.admin, id, "canario: moroso", { visibility: "staff" })],
  [
    "a delivery mark",
    async ({ world, id }) => {
      await memberWrites(world.agent, id, "va");
      await deliver(world, id, "delivered");
    },
  ],
  [
    "a failure",
    async ({ world, id }) => {
      await memberWrites(world.agent, id, "va");
      await deliver(world, id, "failed");
    },
  ],
  [
    "the customer's reading",
    async ({ world, rosa, id }) => {
      await memberWrites(world.agent, id, "leé");
      await markRead(rosa.guest, id, 99);
    },
  ],
  ["a colleague's reading", ({ world, id }) => markRead(world.agent, id, 2)],
  ["one's own reading on another device", ({ world, id }) => markRead(world.admin, id, 2)],
  ["taking the ticket", ({ world, ticket }) => claimTicket(world.admin, ticket)],
  [
    "a transfer with a note",
    ({ world, ticket }) => updateTicket(world.admin, ticket, { areaId: world.areas.support, note: "canario: mirá" }),
  ],
  [
    "an edit, by each side",
    async ({ world, rosa, id }) => {
      await changeText(rosa.guest, (await rosa.writes("holla")).id, "hola de nuevo");
      await changeText(world.agent, (await memberWrites(world.agent, id, "bunas")).id, "buenas");
      const note = await memberWrites(world.agent, id, "canario: ahora", { visibility: "staff" });
      await changeText(world.agent, note.id, "canario: después");
    },
  ],
  [
    "reactions, given and taken back",
    async ({ world, rosa, id }) => {
      const { id: message } = await memberWrites(world.agent, id, "listo");
      const note = await memberWrites(world.agent, id, "canario", { visibility: "staff" });
      await Promise.all([
        react(rosa.guest, message, "👍", true),
        react(world.admin, message, "👍", true),
        react(world.admin, message, "🎉", true),
        react(world.admin, note.id, "👀", true),
      ]);
      await react(world.admin, message, "🎉", false);
    },
  ],
  [
    "pins, put on and taken off, of a note and of what is taken back too",
    async ({ world, rosa, id }) => {
      const [one, two] = [await rosa.writes("mi dirección"), await rosa.writes("mi teléfono")];
      const note = await memberWrites(world.admin, id, "canario", { visibility: "staff" });
      for (const { id: message } of [one, note, two]) await pin(world.admin, message, true);
      await changeText(rosa.guest, two.id, "mi otro teléfono");
      await pin(world.admin, note.id, false);
      await takeBack(rosa.guest, one.id);
    },
  ],
  [
    "deletions, the last words among them",
    async ({ world, rosa, id }) => {
      const mine = await rosa.writes("no era acá");
      await react(world.agent, mine.id, "👍", true);
      const reply = await memberWrites(world.agent, id, "me equivoqué");
      await takeBack(rosa.guest, mine.id);
      await changeText(world.agent, reply.id, "me equivoqué otra vez");
      await takeBack(world.admin, reply.id);
    },
  ],
  [
    "closing and coming back",
    async ({ world, ticket, rosa }) => {
      await updateTicket(world.admin, ticket, { state: "closed" });
      await rosa.writes("otra cosa");
    },
  ],
  [
    "all at once",
    async ({ world, id, rosa }) => {
      await Promise.all([
        rosa.writes("a"),
        rosa.writes("b"),
        memberWrites(world.admin, id, "c"),
        memberWrites(world.admin, id, "d", { visibility: "staff" }),
        markRead(rosa.guest, id, 99),
      ]);
    },
  ],
];

describe.each(ACTIONS)("an open conversation after %s equals a fresh load", (_, act) => {
  it.each(["no bot", "a bot"])("(%s) for staff and for the customer, by frames and by catching up", async (bot) => {
    const s = await scene({ bot: bot === "a bot" });
    const readers = [staffReader(s.world.admin, s.id), guestReader(s.rosa)];
    const loaded = await Promise.all(readers.map(({ actor }) => getThread(actor, s.id)));
    const frames = hear();
    await act(s);
    for (const [place, reader] of readers.entries()) {
      const before = loaded[place] as Screen;
      const fresh = (await getThread(reader.actor, s.id)) as Screen;
      expect(compared(apply(before, frames, reader, s.id))).toEqual(compared(fresh));
      // Frames that the load already holds change nothing, in whatever order they come again.
      expect(compared(apply(fresh, frames, reader, s.id))).toEqual(compared(fresh));
      const again = apply(apply(before, frames, reader, s.id), [...frames].reverse(), reader, s.id);
      expect(again.messages.map((m) => m.seq)).toEqual(fresh.messages.map((m) => m.seq));
      expect(again.rev).toBe(fresh.rev);
      // A half heard, the rest caught up.
      const half = apply(before, frames.slice(0, Math.floor(frames.length / 2)), reader, s.id);
      for (const from of [before, half, fresh]) {
        const missed = await listConversationChanges(reader.actor, s.id, { after: from.rev, limit: 500 });
        const caught = { ...applyMissed(from, missed), events: [...addTicketEvents(from.events, missed.events)] };
        const own = { read_seq: fresh.read_seq };
        expect({ ...compared(caught), ...own }).toEqual(compared(fresh));
      }
      if (!reader.staff)
        expect(JSON.stringify([frames.filter((f) => f.topic === reader.topic), fresh])).not.toContain("canario");
    }
  });

  it("numbers grow by one for each reader, and only by what that reader hears", async () => {
    const s = await scene({ bot: true });
    for (const reader of [staffReader(s.world.admin, s.id), guestReader(s.rosa)]) {
      const before = await getThread(reader.actor, s.id);
      const frames = hear();
      await act({ ...s });
      forget();
      const heard = frames.flatMap((f) => (f.topic === reader.topic && typeof f.rev === "number" ? [f.rev] : []));
      const after = await getThread(reader.actor, s.id);
      expect(heard.sort((x, y) => x - y)).toEqual(
        Array.from({ length: after.rev - before.rev }, (_, i) => before.rev + 1 + i),
      );
      const { changes } = await listConversationChanges(reader.actor, s.id, { after: 0, limit: 500 });
      expect(changes.map((change) => change.rev)).toEqual(Array.from({ length: after.rev }, (_, i) => i + 1));
    }
  });
});

describe("a list of tickets after the same equals a fresh load", () => {
  const views: TicketViewName[] = ["mine", "queue", "bot", "open", "closed", "all"];
  const plain = (list: readonly TicketSummary[]) =>
    list.map(({ id, contact, state, version, last_message, assignee, area, waiting_on, last_activity_at }) => ({
      id,
      contact,
      state,
      version,
      last_message,
      assignee,
      area,
      waiting_on,
      last_activity_at,
    }));

  const contactOf = async ({ world, id }: Scene) => (await ticketOf(world, id)).contact.id;

  async function listOf(actor: AccountActor, orgId: string, view: TicketViewName) {
    return (await listTickets(actor, orgId, { view }, { limit: 100 })).tickets;
  }

  it.each([
    ...ACTIONS,
    [
      "a new customer",
      async ({ world }: Scene) => {
        await (await makeCustomer(world, "Tito")).writes("hola");
      },
    ] as const,
    [
      "giving it to a colleague of another area",
      ({ world, ticket }: Scene) =>
        updateTicket(world.admin, ticket, { areaId: world.areas.support, assigneeId: world.memberId(world.other) }),
    ] as const,
    [
      "taking it back",
      async ({ world, ticket }: Scene) => {
        await claimTicket(world.agent, ticket).catch(() => {});
        await updateTicket(world.admin, ticket, { assigneeId: null });
      },
    ] as const,
    [
      "a contact's new name",
      async (s: Scene) => {
        await updateContact(s.world.admin, s.world.orgId, await contactOf(s), { name: "Rosa Benítez" });
      },
    ] as const,
    [
      "two contacts becoming one, two again, and one for good",
      async (s: Scene) => {
        const { admin, orgId } = s.world;
        const twin = await makeCustomer(s.world, "Rosita");
        await twin.writes("soy yo, desde el otro teléfono");
        const mergedId = await contactOf({ ...s, id: twin.conversationId });
        const pair = { keptId: await contactOf(s), mergedId, choices: { name: "merged" as const } };
        await undoMerge(admin, orgId, (await mergeContacts(admin, orgId, pair)).mergeId);
        await mergeContacts(admin, orgId, pair);
      },
    ] as const,
  ])("%s", async (_, act) => {
    for (const bot of [false, true]) {
      const s = await scene({ bot });
      const others = await makeCustomer(s.world, "Otro");
      await others.writes("hola");
      const actors = [s.world.admin, s.world.agent, s.world.other];
      const before = await Promise.all(
        actors.map((actor) => Promise.all(views.map((view) => listOf(actor, s.world.orgId, view)))),
      );
      const frames = hear();
      await act(s);
      forget();
      for (const [who, actor] of actors.entries()) {
        const { topics: joined } = await joinTopic(actor, ticketsName(s.world.orgId));
        const heard = frames.filter((frame) => joined.includes(frame.topic));
        const member = actor.memberships[0];
        if (!member) throw new Error("no member");
        for (const [place, view] of views.entries()) {
          let list: readonly TicketSummary[] = before[who]?.[place] ?? [];
          for (const frame of heard) list = applyToTickets(list, frame, view, member);
          const fresh = await listOf(actor, s.world.orgId, view);
          expect(plain(list), `${actor.name} ${view} ${bot}`).toEqual(plain(fresh));
          for (const frame of heard) list = applyToTickets(fresh, frame, view, member);
          if (heard.length > 0) expect(plain(list), `again ${actor.name} ${view}`).toEqual(plain(fresh));
        }
      }
    }
  });
});
