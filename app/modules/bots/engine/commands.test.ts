import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "./fake-customer";
import { menu, shop, text } from "./fake-shop";

describe("commands", () => {
  it.each(["agente", "¡AGENTE!", "quiero hablar con una persona", "atendente", "human"])(
    "reach a person on %j",
    (words) => {
      const customer = fakeCustomer(shop).begin().say(words);
      expect(customer.last.effects.at(-1)).toMatchObject({ type: "handoff", reason: "command", area: null });
    },
  );

  it("work in the first message too", () => {
    expect(fakeCustomer(shop).begin("Agente").last.effects).toMatchObject([{ type: "handoff", reason: "command" }]);
    expect(fakeCustomer(shop).begin("menú").heard()).toHaveLength(2);
  });

  it("start over, or close with a word", () => {
    const customer = fakeCustomer(shop).begin().say("Menu");
    expect(customer.heard()).toEqual(["¡Hola, Íñigo!", "¿En qué te ayudamos?"]);
    expect(customer.say("salir").last.effects.at(-1)).toMatchObject({
      type: "close",
      reason: "command",
      message: "Nos vemos",
    });
  });

  it("give way to an item of the same name", () => {
    const flow = flowOf(
      { menu: menu({ items: [{ id: "a", label: "Agente inmobiliario", synonyms: ["agente"] }] }), casa: text("Casas") },
      ["menu.a>casa", "casa.next>menu"],
    );
    expect(fakeCustomer(flow).begin().say("agente").heard()[0]).toBe("Casas");
  });

  it("may be the flow's own, with its area", () => {
    const flow = flowOf({ menu: menu() }, [], {
      commands: [{ words: ["persona"], action: { kind: "handoff", area: "Recepción", message: "Ya va" } }],
    });
    expect(fakeCustomer(flow).begin().say("persona").last.effects.at(-1)).toMatchObject({
      area: "Recepción",
      message: "Ya va",
    });
    expect(fakeCustomer(flow).begin().say("humano").last.effects.at(-1)).toMatchObject({
      area: null,
      reason: "command",
    });
  });

  it("make a detour and ask again what they interrupted", () => {
    const flow = flowOf(
      {
        menu: menu(),
        horas: text("De 9 a 18"),
        zona: menu({ body: "¿Qué zona?", items: [{ id: "n", label: "Norte" }] }),
      },
      ["horas.next>zona"],
      { commands: [{ words: ["horario"], action: { kind: "goto", node: "horas" }, resume: true }] },
    );
    const customer = fakeCustomer(flow).begin();
    expect(customer.say("horario").heard()).toEqual(["De 9 a 18", "¿Qué zona?"]);
    expect(customer.say("horario").heard()).toEqual(["De 9 a 18", "¿Qué zona?"]);
    expect(customer.say("norte").heard()).toEqual(["¿En qué te ayudamos?"]);
    expect(customer.state.resume).toBeNull();
  });

  it("call a person when the detour's own question is not understood", () => {
    const zona = menu({ body: "¿Qué zona?", items: [{ id: "n", label: "Norte" }], maxInvalid: 1 });
    const flow = flowOf({ menu: menu(), zona }, [], {
      commands: [{ words: ["zona"], action: { kind: "goto", node: "zona" }, resume: true }],
    });
    expect(fakeCustomer(flow).begin().say("zona").say("??").last.effects.at(-1)).toMatchObject({
      type: "handoff",
      reason: "invalid_answers",
    });
  });

  it("do not come back when they need not", () => {
    const flow = flowOf({ menu: menu(), horas: text("De 9 a 18") }, [], {
      commands: [{ words: ["horario"], action: { kind: "goto", node: "horas" } }],
    });
    expect(fakeCustomer(flow).begin().say("horario").last.effects.at(-1)).toMatchObject({
      type: "handoff",
      reason: "missing_exit",
    });
  });

  it("come back from a first message's detour to the beginning", () => {
    const flow = flowOf({ menu: menu(), horas: text("De 9 a 18") }, [], {
      commands: [{ words: ["horario"], action: { kind: "goto", node: "horas" }, resume: true }],
    });
    expect(fakeCustomer(flow).begin("horario").heard()).toEqual(["De 9 a 18", "¿En qué te ayudamos?"]);
  });
});
