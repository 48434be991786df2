import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "./fake-customer";
import { menu, shop, text } from "./fake-shop";
import { newRun } from "./run";
import { step } from "./step";

describe("a run", () => {
  it("greets, asks and waits", () => {
    const customer = fakeCustomer(shop).begin("hola");
    expect(customer.heard()).toEqual(["¡Hola, Íñigo!", "¿En qué te ayudamos?"]);
    expect(customer.last.effects.map((effect) => effect.type)).toEqual(["send", "send", "set_timer"]);
    expect(customer.last.effects[2]).toMatchObject({ at: "2026-03-03T12:00:00.000Z", node: "menu" });
    expect(customer.state).toMatchObject({ node: "menu", waiting: { node: "menu", for: "answer" }, done: null });
  });

  it("shows the items with the node's own payloads", () => {
    const [, asked] = fakeCustomer(shop).begin().effects;
    expect(asked).toMatchObject({
      type: "send",
      key: "start:1",
      content: {
        kind: "choice",
        button: "Ver opciones",
        items: [{ id: "menu:ventas", label: "Ventas" }, { id: "menu:soporte" }, { id: "menu:horarios" }],
      },
    });
  });

  it.each(["Ventas", "ventas!", "1", "1.", "uno", "COMPRAR"])("hands over to the area on %j", (answer) => {
    const customer = fakeCustomer(shop).begin().say(answer);
    expect(customer.last.effects).toEqual([
      { type: "cancel_timer", timer: "menu:1" },
      {
        type: "handoff",
        reason: "handoff",
        node: "ventas",
        area: "Ventas",
        assignee: null,
        priority: "high",
        message: "Te paso con Ventas, Íñigo.",
        messageClosed: null,
        messageAway: null,
        summary: {
          note: "Eligió Ventas",
          answers: [{ node: "menu", question: "¿En qué te ayudamos?", answer: "Ventas" }],
        },
      },
    ]);
    expect(customer.state.done).toEqual({ by: "handoff", reason: "handoff" });
  });

  it("takes a tapped button", () => {
    const customer = fakeCustomer(shop).begin().send({ kind: "interactive", text: "x", payload: "menu:horarios" });
    expect(customer.heard()).toEqual(["De 9 a 18", "¿En qué te ayudamos?"]);
    expect(customer.state.variables).toEqual({ tema: "Horarios" });
  });

  it("closes with what the author set", () => {
    expect(fakeCustomer(shop).begin().say("soporte tecnico").last.effects.at(-1)).toEqual({
      type: "close",
      reason: "close",
      node: "fin",
      message: "¡Chau!",
      label: "Resuelto",
      tags: ["bot"],
      askRating: true,
    });
  });

  it("says nothing more after its end (pitfall 29)", () => {
    const customer = fakeCustomer(shop).begin().say("Ventas");
    const { state } = customer;
    for (const said of ["hola", "menú", "agente", "1"]) {
      customer.say(said);
      expect(customer.last).toEqual({ state, effects: [], trace: [] });
    }
    customer.wait(1_000_000);
    expect(customer.state).toBe(state);
  });

  it("starts at a message when nobody has started it", () => {
    expect(fakeCustomer(shop).say("hola").heard()).toEqual(["¡Hola, Íñigo!", "¿En qué te ayudamos?"]);
  });

  it("takes variants of a text in turn and skips a text that its variables leave empty", () => {
    const flow = flowOf({ a: text("uno", "dos"), b: text("{{flow.nada}}"), c: menu() }, [
      "a.next>b",
      "b.next>c",
      "c.horarios>a",
    ]);
    const customer = fakeCustomer(flow).begin();
    expect(customer.heard()[0]).toBe("uno");
    expect(customer.heard()).toHaveLength(2);
    expect(customer.say("3").heard()[0]).toBe("dos");
    expect(customer.say("3").heard()[0]).toBe("uno");
  });

  it("traces why", () => {
    const customer = fakeCustomer(shop).begin().say("1");
    expect(customer.last.trace.map(({ what, node }) => `${what} ${node}`)).toEqual([
      "answered menu",
      "left menu",
      "entered ventas",
      "ended ventas",
    ]);
    expect(customer.last.trace[0]).toMatchObject({
      at: "2026-03-02T12:00:10.000Z",
      detail: { said: "1", item: "ventas", by: "number" },
    });
  });
});

describe("an answer that fits nothing", () => {
  it("asks again in other words, then goes to people", () => {
    const customer = fakeCustomer(shop).begin().say("quiero algo");
    expect(customer.heard()).toEqual(["No encontré esa opción. Elegí una de estas:"]);
    expect(customer.last.effects.map((effect) => effect.type)).toEqual(["cancel_timer", "send", "set_timer"]);
    expect(customer.say("otra cosa").last.effects.at(-1)).toMatchObject({
      type: "handoff",
      reason: "invalid_answers",
      area: null,
      message: "Te paso con una persona del equipo. Te va a responder por acá.",
    });
  });

  it("never asks twice running in the same words (pitfall 27)", () => {
    const question = "¿En qué te ayudamos?";
    const flow = flowOf({ menu: menu({ retry: [question, "¿Cómo?"], maxInvalid: 6 }) });
    const customer = fakeCustomer(flow).begin();
    const said = [question];
    for (let i = 0; i < 5; i++) said.push(...customer.say("??").heard());
    expect(said).toHaveLength(6);
    said.slice(1).forEach((words, i) => {
      expect(words).not.toBe(said[i]);
    });
    expect(said[1]).toBe("¿Cómo?");
  });

  it.each([
    ["a sticker", { kind: "media", text: null }],
    ["a voice note", { kind: "media", text: "Ventas" }],
    ["a location", { kind: "location", text: "1" }],
    ["an emoji", { kind: "text", text: "😀" }],
  ])("takes %s for one", (_, answer) => {
    expect(fakeCustomer(shop).begin().send(answer).heard()).toEqual(["No encontré esa opción. Elegí una de estas:"]);
  });

  it("follows the else exit and forgets the attempts at the next visit", () => {
    const flow = flowOf({ menu: menu({ maxInvalid: 1 }), otra: text("Probá de nuevo") }, [
      "menu.else>otra",
      "otra.next>menu",
    ]);
    const customer = fakeCustomer(flow).begin();
    expect(customer.say("??").heard()).toEqual(["Probá de nuevo", "¿En qué te ayudamos?"]);
    expect(customer.state.attempts).toEqual({ menu: 0 });
  });

  it("uses the flow's own number of tries and safe way", () => {
    const flow = flowOf({ menu: menu() }, [], {
      settings: {
        maxInvalid: 1,
        language: "pt",
        handoff: { area: "Recepción", message: "Ya te atienden, {{contact.name}}" },
      },
    });
    expect(fakeCustomer(flow).begin().say("??").last.effects.at(-1)).toMatchObject({
      type: "handoff",
      area: "Recepción",
      message: "Ya te atienden, Íñigo",
    });
  });
});

describe("silence", () => {
  it("closes by default, without a word", () => {
    const customer = fakeCustomer(shop)
      .begin()
      .wait(24 * 3600);
    expect(customer.last.effects).toEqual([
      { type: "close", reason: "no_answer", node: "menu", message: null, label: null, tags: [], askRating: false },
    ]);
  });

  it("goes to people when the flow says so, or where its exit leads", () => {
    const people = flowOf({ menu: menu() }, [], { settings: { onSilence: "handoff" } });
    expect(fakeCustomer(people).begin().wait(86_400).last.effects).toMatchObject([
      { type: "handoff", reason: "no_answer" },
    ]);
    const leads = flowOf({ menu: menu({ noAnswerAfterSeconds: 60 }), seguis: text("¿Seguís ahí?") }, [
      "menu.no_answer>seguis",
      "seguis.next>menu",
    ]);
    const customer = fakeCustomer(leads).begin();
    expect(customer.wait(59).heard()).toEqual(["¿En qué te ayudamos?"]);
    expect(customer.wait(1).heard()).toEqual(["¿Seguís ahí?", "¿En qué te ayudamos?"]);
  });

  it("begins anew with every answer, and a timer that was taken back is no event", () => {
    const customer = fakeCustomer(shop).begin();
    const first = customer.state.waiting?.timer ?? "";
    customer.wait(80_000).say("??").wait(80_000);
    expect(customer.state.done).toBeNull();
    const { state } = customer;
    expect(customer.take({ type: "timer", id: "late", timer: first }).last).toEqual({ state, effects: [], trace: [] });
    expect(customer.state).toBe(state);
  });
});

describe("never a dead end", () => {
  it("hands over where an exit leads nowhere", () => {
    const flow = flowOf({ menu: menu() });
    expect(fakeCustomer(flow).begin().say("Ventas").last.effects.at(-1)).toMatchObject({
      type: "handoff",
      reason: "missing_exit",
      node: "menu",
    });
  });

  it("hands over when its state is of another version", () => {
    const customer = fakeCustomer(shop).begin();
    const stray = {
      ...customer.state,
      waiting: { node: "gone", for: "answer" as const, timer: null, call: null, kept: null },
    };
    const result = step(
      shop,
      stray,
      { type: "message", id: "x", message: { kind: "text", text: "1", payload: null } },
      customer.env(),
    );
    expect(result.effects).toMatchObject([{ type: "handoff", reason: "flow_error" }]);
    expect(result.trace[0]).toMatchObject({ what: "fault", detail: { error: "the flow has no node gone" } });
    expect(result.state.done).toEqual({ by: "handoff", reason: "flow_error" });
  });

  it("hands over when what a choice has shown is lost, without half of what it began", () => {
    const customer = fakeCustomer(shop).begin();
    customer.state = {
      ...customer.state,
      waiting: { node: "menu", for: "answer", timer: "menu:1", call: null, kept: null },
    };
    expect(customer.say("1").last.effects).toMatchObject([
      { type: "cancel_timer" },
      { type: "handoff", reason: "flow_error" },
    ]);
  });

  it("hands over when the clock cannot be read", () => {
    const env = { ...fakeCustomer(shop).env(), now: "ayer" };
    expect(step(shop, newRun(), { type: "start", id: "s", message: null }, env).effects).toMatchObject([
      { type: "handoff", reason: "flow_error" },
    ]);
  });

  it("takes the else exit of a choice without items", () => {
    const hidden = { id: "a", label: "A", showIf: { rules: [{ variable: "contact.vip", operator: "set" }] } };
    const flow = flowOf({ menu: menu({ items: [hidden] }) });
    expect(fakeCustomer(flow).begin().last.effects).toMatchObject([{ type: "handoff", reason: "invalid_answers" }]);
    expect(
      fakeCustomer(flow, { variables: { contact: { vip: true } } })
        .begin()
        .heard(),
    ).toHaveLength(1);
  });
});

describe("replays", () => {
  it("change nothing, whatever came between", () => {
    const customer = fakeCustomer(shop).begin("hola").say("??");
    const { state } = customer;
    const again = customer.take({ type: "start", id: "start", message: null }).last;
    expect(again).toEqual({ state, effects: [], trace: [] });
    expect(again.state).toBe(state);
  });

  it("take a second start for nothing new", () => {
    const customer = fakeCustomer(shop).begin();
    expect(customer.take({ type: "start", id: "other", message: null }).last.effects).toEqual([]);
    expect(customer.state.waiting?.node).toBe("menu");
  });

  it("remember a bounded number of events", () => {
    const customer = fakeCustomer(shop, { secondsApart: 60 }).begin();
    for (let i = 0; i < 110; i++) customer.say("3");
    expect(customer.state.done).toBeNull();
    expect(customer.state.seen).toHaveLength(100);
    expect(customer.state.answers).toHaveLength(50);
  });
});
