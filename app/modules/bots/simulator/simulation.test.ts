import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { menu, shop, text } from "../engine/fake-shop";
import type { Flow } from "../flow";
import { perform } from "./perform";
import { type Deed, newSimulation, nodeAt, type Simulation, secondsToTimer } from "./simulation";
import { newSituation, type Situation } from "./situation";

const START = "2026-03-02T12:00:00.000Z";
const begun = (flow: Flow, more: Partial<Situation> = {}) =>
  newSimulation(flow, { ...newSituation("web", START), ...more });
const says = (words: string): Deed => ({ do: "say", answer: { kind: "text", text: words, payload: null } });
const play = (simulation: Simulation, ...deeds: Deed[]) => deeds.reduce(perform, simulation);
const botLines = ({ lines }: Simulation) => lines.flatMap((line) => (line.from === "bot" ? [line] : []));
const heard = (simulation: Simulation) => botLines(simulation).map((line) => line.text);
const happenings = ({ lines }: Simulation) => lines.flatMap((line) => (line.from === "system" ? [line.what] : []));

describe("a simulated conversation", () => {
  it("says what the engine says, shows choices as the channel does, and lights the node up", () => {
    const web = play(begun(shop), says("hola"));
    expect(heard(web)).toEqual(
      fakeCustomer(shop, { variables: { contact: {}, org: {} } })
        .begin("hola")
        .heard(),
    );
    expect(nodeAt(web)).toBe("menu");
    expect(
      botLines(web)
        .at(-1)
        ?.choices.map(({ label }) => label),
    ).toEqual(["Ventas", "Soporte técnico", "Horarios"]);
    const whatsapp = play(begun(shop, { channel: "whatsapp" }), says("hola"));
    expect(botLines(whatsapp).at(-1)?.list).toBeNull();
    const many = Array.from({ length: 6 }, (_, i) => ({ id: `i${i}`, label: `Cosa ${i}` }));
    const longer = flowOf({ menu: menu({ items: many }) });
    const listed = play(begun(longer, { channel: "whatsapp" }), says("hola"));
    expect(botLines(listed).at(-1)?.list?.sections[0]?.rows).toHaveLength(6);
  });

  it("takes a tapped button by its payload", () => {
    const asked = play(begun(shop), says("hola"));
    const sales = botLines(asked).at(-1)?.choices[0];
    const tap: Deed = { do: "say", answer: { kind: "interactive", text: "Ventas", payload: sales?.id ?? "" } };
    const done = play(asked, tap);
    expect(heard(done).at(-1)).toBe("Te paso con Ventas, .");
    expect([nodeAt(done), happenings(done).at(-1)]).toEqual([null, "handed_over"]);
    expect(play(done, says("¿hay alguien?")).lines.at(-1)).toMatchObject({ from: "customer" });
  });

  it("moves time: timers go off at their moment, in order", () => {
    const asked = play(begun(shop), says("hola"));
    expect(secondsToTimer(asked)).toBe(24 * 3600);
    const waited = play(asked, { do: "wait", seconds: 23 * 3600 });
    expect([nodeAt(waited), secondsToTimer(waited)]).toEqual(["menu", 3600]);
    const closed = play(waited, { do: "wait", seconds: 2 * 3600 });
    expect(happenings(closed)).toEqual(["waited", "waited", "timer", "closed"]);
    expect(closed.now).toBe("2026-03-03T13:00:00.000Z");
  });

  it("sets variables, and only those that are somebody's to set", () => {
    const flow = flowOf({ hi: text("{{contact.name}} {{flow.plan}} {{org.name}}") });
    const set = (path: string, value: string): Deed => ({ do: "set", path, value });
    const known = play(begun(flow), set("contact.name", "Ana"), set("flow.plan", "oro"), set("org.name", "Sol"));
    expect(heard(play(known, says("hola")))[0]).toBe("Ana oro Sol");
    expect(play(known, set("system.now", "x"), set("flow.", "x")).situation).toEqual(known.situation);
  });

  it("tells out of hours, and with nobody there, what is said then", () => {
    const away = { messageClosed: "Abrimos mañana", messageAway: "No hay nadie", message: "Ya va" };
    const flow = flowOf({ end: { kind: "handoff", settings: away } });
    const told = (facts: Partial<Situation>) => heard(play(begun(flow, facts), says("hola")))[0];
    expect([told({}), told({ anyoneAvailable: false }), told({ inHours: false })]).toEqual([
      "Ya va",
      "No hay nadie",
      "Abrimos mañana",
    ]);
  });

  it("does not begin where the start is not for that message", () => {
    const flow = flowOf({ hi: text("Hola") });
    const start = flow.nodes.find(({ kind }) => kind === "start");
    if (start?.kind !== "start") throw new Error("no start");
    start.settings = { ...start.settings, trigger: { kind: "keywords", words: ["promo"], match: "exact" } };
    const other = play(begun(flow), says("hola"));
    expect([heard(other), happenings(other)]).toEqual([[], ["not_answered"]]);
    expect(heard(play(other, says("promo")))[0]).toBe("Hola");
  });

  it("answers the server's work by stubs, in turn, which a step may set; the last one again and again", () => {
    const url = "https://api.tienda.test/x";
    const flow = flowOf(
      {
        ask: { kind: "http", settings: { url, saves: [{ path: "n", to: "n" }] } },
        again: menu({ body: "Va {{flow.n}}", items: [{ id: "more", label: "Otra" }] }),
      },
      ["ask.ok>again", "again.more>ask"],
    );
    const asked = play(begun(flow), says("hola"));
    expect([asked.pending?.node, heard(asked)]).toEqual(["ask", []]);
    const of = (...numbers: number[]) => numbers.map((n) => ({ status: 200, body: { n } }));
    const stubbed = play(asked, { do: "stub", node: "ask", outputs: of(1, 2) }, says("otra"), says("otra"));
    expect(heard(stubbed)).toEqual(["Va 1", "Va 2", "Va 2"]);
    const cleared = play(stubbed, { do: "stub", node: "ask", outputs: [] }, says("otra"));
    expect([cleared.pending?.node, cleared.situation.stubs]).toEqual(["ask", {}]);
    expect(heard(play(cleared, { do: "answer", output: of(7)[0] ?? null })).at(-1)).toBe("Va 7");
  });

  it("changes nothing of what it was given: a step back is the one before, and repeats are alike", () => {
    const first = play(begun(shop), says("hola"));
    const before = structuredClone(first);
    const [one, two] = [play(first, says("Horarios")), play(first, says("Horarios"))];
    expect(first).toEqual(before);
    expect(one).toEqual(two);
  });
});
