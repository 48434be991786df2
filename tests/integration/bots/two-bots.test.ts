import { afterEach, describe, expect, it } from "vitest";
import { flowOf } from "~/modules/bots/engine/fake-customer";
import type { RunState } from "~/modules/bots/engine/run";
import type { Flow } from "~/modules/bots/flow";
import { fireTimer } from "~/modules/bots/running/fire-timer.server";
import { welcomeFlow } from "~/modules/bots/starters/welcome";
import { getThread, listTicketEvents } from "~/modules/tickets/index.server";
import { moveClock } from "~/platform/clock";
import { botWorld, runOf } from "../../support/data/bot-world";
import { attempt } from "../../support/webhooks";
import { type Customer, ticketOf, type World, withProduct } from "../../support/world";

withProduct();
afterEach(() => moveClock(0));

/** An organisation, and the other one as it writes to this one's chat: as a customer who says what its own bot says. */
type Side = { world: World; other: Customer; read: number };

/** More than this, and nothing stops them. */
const ENDLESS = 1_000;

async function side(flow: Flow): Promise<Side> {
  const { world, rosa } = await botWorld(flow);
  return { world, other: rosa, read: 0 };
}

/** What this side has said since it was last asked, whoever of it spoke. */
async function said(of: Side): Promise<string[]> {
  const { messages } = await getThread(of.other.guest, of.other.conversationId);
  const fresh = messages.filter(({ seq, author }) => seq > of.read && author.kind !== "contact");
  of.read = messages.at(-1)?.seq ?? of.read;
  return fresh.map(({ text }) => text ?? "").filter((text) => text !== "");
}

/** They talk until neither has anything to say; how much was said. */
async function faceEachOther(a: Side, b: Side, { secondsApart = 0 } = {}): Promise<number> {
  await a.other.writes("hola");
  let all = 0;
  for (let turn = 0; ; turn++) {
    moveClock(turn * secondsApart * 1000);
    const [from, to] = turn % 2 === 0 ? [a, b] : [b, a];
    const words = await said(from);
    if (words.length === 0) return all;
    for (const text of words) await to.other.writes(text);
    all += words.length;
    if (all > ENDLESS) throw new Error("they never stop");
  }
}

/** How the organisation's newest ticket of the other stands, and why people have it. */
async function outcome({ world, other }: Side) {
  const ticket = await ticketOf(world, other.conversationId);
  const lines = await listTicketEvents(world.admin, ticket.id);
  const given = lines.filter(({ kind }) => kind === "handed_over").at(-1);
  return { state: ticket.state, waiting_on: ticket.waiting_on, reason: given?.reason ?? null };
}

/** The one whose other fell silent waits, until its timer goes off. */
async function silencePasses({ world, other }: Side): Promise<void> {
  if ((await ticketOf(world, other.conversationId)).state !== "bot") return;
  const run = await runOf(world);
  const timer = (run.state as RunState).waiting?.timer ?? "";
  await fireTimer.run({ orgId: world.orgId, runId: run.id, timer }, attempt());
}

const choice = (body: string, ...labels: string[]) => ({
  kind: "choice",
  settings: { body, items: labels.map((label, i) => ({ id: `i${i}`, label })) },
});
const withPeople = (reason: string) => ({ state: "open", waiting_on: "agent", reason });

describe("two organisations' bots that face each other (F36, TH9)", () => {
  it("with the welcome that everybody begins with are not understood, and stop with people on both sides", async () => {
    const [a, b] = [await side(welcomeFlow("es")), await side(welcomeFlow("es"))];
    expect(await faceEachOther(a, b)).toBeLessThan(20);
    for (const one of [a, b]) {
      await silencePasses(one);
      expect(await outcome(one)).toEqual(withPeople("handoff"));
    }
  });

  it("and understand each other are cut; the one that waits in vain then gives its ticket to people too", async () => {
    const menu = flowOf({ m: choice("Ventas", "Ventas", "Soporte") }, ["m.i0>m", "m.i1>m"]);
    const [a, b] = [await side(menu), await side(menu)];
    expect(await faceEachOther(a, b)).toBeLessThan(60);
    for (const one of [a, b]) {
      await silencePasses(one);
      expect(await outcome(one)).toEqual(withPeople("loop"));
    }
  });

  it("and answer slowly are cut too", async () => {
    const ask = { kind: "ask", settings: { question: "¿Algo más?", type: "text" } };
    const open = flowOf({ q: ask }, ["q.answered>q"]);
    const [a, b] = [await side(open), await side(open)];
    expect(await faceEachOther(a, b, { secondsApart: 12 })).toBeLessThan(300);
    for (const one of [a, b]) {
      await silencePasses(one);
      expect(await outcome(one)).toEqual(withPeople("loop"));
    }
  });

  it("and close after every answer do not begin again for ever", async () => {
    const brief = flowOf({ t: { kind: "text", settings: { texts: ["Te leímos"] } }, fin: { kind: "close" } }, [
      "t.next>fin",
    ]);
    const [a, b] = [await side(brief), await side(brief)];
    expect(await faceEachOther(a, b)).toBeLessThan(60);
    expect(await outcome(a)).toEqual(withPeople("loop"));
    expect(await outcome(b)).toEqual(withPeople("loop"));
  });

  it("say nothing more once people have the tickets", async () => {
    const menu = flowOf({ m: choice("Ventas", "Ventas") }, ["m.i0>m"]);
    const [a, b] = [await side(menu), await side(menu)];
    await faceEachOther(a, b);
    await silencePasses(b);
    await silencePasses(a);
    expect(await faceEachOther(a, b)).toBe(0);
  });
});
