import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "./fake-customer";
import { MOST_HEARD_A_DAY, MOST_HEARD_A_MINUTE, MOST_HEARD_AN_HOUR, MOST_MESSAGES } from "./loop-guard";
import { newRun } from "./run";

const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });
const menu = { kind: "choice", settings: { body: "¿Seguimos?", items: [{ id: "si", label: "Sí" }] } };
const loop = { type: "handoff", reason: "loop", message: null };

describe("the loop guard", () => {
  it("lets no text out three times in a row", () => {
    const customer = fakeCustomer(flowOf({ a: text("Hola") }, ["a.next>a"])).begin();
    expect(customer.heard()).toEqual(["Hola", "Hola"]);
    expect(customer.last.effects.at(-1)).toMatchObject(loop);
  });

  it("stops after 25 messages without an answer", () => {
    const customer = fakeCustomer(flowOf({ a: text("Hola"), b: text("¿Qué tal?") }, ["a.next>b", "b.next>a"])).begin();
    expect(customer.heard()).toHaveLength(MOST_MESSAGES);
    expect(customer.last.effects.at(-1)).toMatchObject(loop);
    expect(customer.say("hola").last.effects).toEqual([]);
  });

  it("counts over several events that do not move the run", () => {
    const flow = flowOf(
      { m: { ...menu, settings: { ...menu.settings, maxInvalid: 1, noAnswerAfterSeconds: 60 } }, a: text("¿Hola?") },
      ["m.no_answer>a", "a.next>m"],
    );
    const customer = fakeCustomer(flow).begin().wait(3600);
    expect(customer.effects.filter((effect) => effect.type === "send")).toHaveLength(MOST_MESSAGES);
    expect(customer.effects.at(-1)).toMatchObject(loop);
  });

  it("does not take an answer that is not understood for progress, wherever the else exit leads", () => {
    const strict = { ...menu, settings: { ...menu.settings, maxInvalid: 1 } };
    const customer = fakeCustomer(flowOf({ m: strict, a: text("No te entendí") }, ["m.else>a", "a.next>m"]), {
      secondsApart: 60,
    }).begin();
    for (let i = 0; i < 20; i++) customer.say("??");
    expect(customer.effects.filter((effect) => effect.type === "send")).toHaveLength(MOST_MESSAGES);
    expect(customer.effects.at(-1)).toMatchObject(loop);
  });

  it("stops after 100 nodes that say nothing", () => {
    const customer = fakeCustomer(flowOf({ a: text("{{flow.nada}}") }, ["a.next>a"])).begin();
    expect(customer.last.effects).toMatchObject([loop]);
    expect(customer.last.trace.filter((entry) => entry.what === "entered")).toHaveLength(100);
  });

  it("begins anew with every answer that moves the run", () => {
    const customer = fakeCustomer(flowOf({ m: menu }, ["m.si>m"]), { secondsApart: 30 }).begin();
    for (let i = 0; i < 60; i++) expect(customer.say("sí").heard()).toEqual(["¿Seguimos?"]);
    expect(customer.state.done).toBeNull();
  });

  it("cuts two bots that answer each other well: too many in a minute (pitfall 27)", () => {
    const customer = fakeCustomer(flowOf({ m: menu }, ["m.si>m"]), { secondsApart: 1 }).begin();
    for (let i = 0; i < MOST_HEARD_A_MINUTE; i++) expect(customer.say("sí").state.done).toBeNull();
    expect(customer.say("sí").last.effects.at(-1)).toMatchObject(loop);
  });

  it("cuts slow ones too: too many in an hour", () => {
    const customer = fakeCustomer(flowOf({ m: menu }, ["m.si>m"]), { secondsApart: 20 }).begin();
    let answers = 0;
    while (!customer.state.done && answers < 1000) {
      customer.say("sí");
      answers++;
    }
    expect(answers).toBe(MOST_HEARD_AN_HOUR + 1);
    expect(customer.last.effects.at(-1)).toMatchObject(loop);
  });

  it("cuts the slowest: too many in a day (TH9)", () => {
    const customer = fakeCustomer(flowOf({ m: menu }, ["m.si>m"]), { secondsApart: 60 }).begin();
    let answers = 0;
    while (!customer.state.done && answers < 1000) {
      customer.say("sí");
      answers++;
    }
    expect(answers).toBe(MOST_HEARD_A_DAY + 1);
    expect(customer.last.effects.at(-1)).toMatchObject(loop);
  });

  it("counts on in the conversation's next run, for a bot that closes each time (TH9)", () => {
    const flow = flowOf({ a: text("Te leímos"), fin: { kind: "close" } }, ["a.next>fin"]);
    let guard = newRun().guard;
    let runs = 0;
    for (; runs < 100; runs++) {
      const customer = fakeCustomer(flow);
      customer.state = newRun({}, guard);
      customer.begin("hola");
      guard = customer.state.guard;
      if (customer.state.done?.by === "handoff") break;
      expect(customer.last.effects.at(-1)).toMatchObject({ type: "close" });
    }
    expect(runs).toBeLessThan(MOST_HEARD_A_MINUTE);
    const again = fakeCustomer(flow);
    again.state = newRun({}, guard);
    expect(again.begin("hola").last.effects.at(-1)).toMatchObject(loop);
  });

  it("gives the silence of what wrote like a bot to people, and a person's own word to leave its way", () => {
    const flow = flowOf({ m: menu }, ["m.si>m"], { commands: [{ words: ["chau"], action: { kind: "close" } }] });
    const silent = () => {
      const customer = fakeCustomer(flow, { secondsApart: 2 }).begin();
      for (let i = 0; i < MOST_HEARD_A_MINUTE - 1; i++) customer.say("sí");
      return customer;
    };
    expect(silent().wait(24 * 3600).last.effects).toMatchObject([loop]);
    expect(silent().say("chau").last.effects.at(-1)).toMatchObject({ type: "close", reason: "command" });
  });

  it("lets a person write for hours", () => {
    const customer = fakeCustomer(flowOf({ m: menu }, ["m.si>m"]), { secondsApart: 40 }).begin();
    for (let i = 0; i < 400; i++) customer.say("sí");
    expect(customer.state.done).toBeNull();
  });

  it("does not mind a clock that goes back", () => {
    const customer = fakeCustomer(flowOf({ m: menu }, ["m.si>m"]), { secondsApart: -30 }).begin();
    for (let i = 0; i < 100; i++) customer.say("sí");
    expect(customer.state.done).toBeNull();
  });
});
