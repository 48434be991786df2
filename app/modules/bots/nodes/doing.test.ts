import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import type { StepEnv } from "../engine/run";

const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });
const set = (variable: string, value: object) => ({ kind: "set", settings: { variable, value } });
const stop = { kind: "ask", settings: { question: "¿Y?" } };
const begin = (flow: Parameters<typeof fakeCustomer>[0], situation?: Parameters<typeof fakeCustomer>[1]) =>
  fakeCustomer(flow, situation).begin("hola");

describe("a set node", () => {
  it.each([
    [{ kind: "text", text: "Soy {{contact.name}}" }, "Soy Íñigo"],
    [{ kind: "expression", expression: "2 + 3 * 4" }, 14],
    [{ kind: "expression", expression: "upper(" }, null],
    [{ kind: "now" }, "2026-03-02T12:00:00.000Z"],
    [{ kind: "random", from: 1, to: 6 }, 4],
    [{ kind: "counter" }, 1],
    [{ kind: "counter", by: -2 }, -2],
  ])("%j is %j", (value, expected) => {
    const flow = flowOf({ s: set("x", value), stop }, ["s.next>stop"]);
    expect(begin(flow).state.variables).toEqual({ x: expected });
  });

  it("counts on at each visit", () => {
    const flow = flowOf({ s: set("vez", { kind: "counter" }), stop }, ["s.next>stop", "stop.answered>s"]);
    expect(begin(flow).say("a").say("b").state.variables).toEqual({ vez: 3 });
  });
});

describe("an update", () => {
  const flow = flowOf(
    {
      u: {
        kind: "update",
        settings: {
          contact: [{ field: "city", value: "{{flow.ciudad|Asunción}} " }],
          contactTagsAdd: ["vip"],
          tagsRemove: ["nuevo"],
          priority: "high",
          area: "Ventas",
        },
      },
      t: text("{{contact.city}} {{ticket.priority}}"),
      stop,
    },
    ["u.next>t", "t.next>stop"],
  );

  it("asks for the changes, and the nodes after it see them at once", () => {
    const customer = begin(flow, { variables: { ticket: { tags: ["nuevo", "web"] } } });
    expect(customer.last.effects[0]).toEqual({
      type: "update",
      node: "u",
      contact: { city: "Asunción" },
      contactTags: { add: ["vip"], remove: [] },
      tags: { add: [], remove: ["nuevo"] },
      priority: "high",
      area: "Ventas",
    });
    expect(customer.heard()[0]).toBe("Asunción high");
  });
});

describe("a wait", () => {
  const waits = (settings: object) =>
    flowOf({ w: { kind: "wait", settings }, t: text("Acá estoy"), stop }, ["w.next>t", "t.next>stop"]);
  const wakesAt = (settings: object, situation?: Parameters<typeof fakeCustomer>[1]) => {
    const timer = begin(waits(settings), situation).last.effects.find((effect) => effect.type === "set_timer");
    return timer?.type === "set_timer" ? timer.at : null;
  };

  it("ends after its time, and hears commands alone meanwhile", () => {
    const customer = begin(waits({ until: { kind: "duration", seconds: 3 * 86_400 } }));
    expect(customer.say("¿hola?").last.effects).toEqual([]);
    expect(customer.wait(3 * 86_400).heard()).toEqual(["Acá estoy", "¿Y?"]);
    expect(begin(waits({ until: { kind: "duration", seconds: 60 } })).say("agente").state.done).toMatchObject({
      by: "handoff",
    });
  });

  it("ends at the next such time of the organisation's day, or on a day", () => {
    const asuncion = { timeZone: "America/Asuncion" };
    // It is noon in Greenwich, nine in Asunción.
    expect(wakesAt({ until: { kind: "time", time: "09:30" } }, asuncion)).toBe("2026-03-02T12:30:00.000Z");
    expect(wakesAt({ until: { kind: "time", time: "08:00" } }, asuncion)).toBe("2026-03-03T11:00:00.000Z");
    expect(wakesAt({ until: { kind: "date", date: "2026-03-05", time: "10:00" } }, asuncion)).toBe(
      "2026-03-05T13:00:00.000Z",
    );
    expect(
      wakesAt(
        { until: { kind: "date", date: "{{contact.turno}}" } },
        { ...asuncion, variables: { contact: { turno: "mañana" } } },
      ),
    ).toBe("2026-03-03T12:00:00.000Z");
  });

  it("waits a moment for a day that has gone by or is none, so that no loop through it is endless", () => {
    expect(wakesAt({ until: { kind: "date", date: "2020-01-01" } })).toBe("2026-03-02T12:00:01.000Z");
    expect(wakesAt({ until: { kind: "date", date: "nunca" } })).toBe("2026-03-02T12:00:01.000Z");
  });

  it("goes on only in hours, where it is told to", () => {
    const desk: NonNullable<StepEnv["desk"]> = {
      hours: { "": { open: false, opensAt: "2026-03-03T11:00:00.000Z" } },
      available: {},
    };
    const flow = waits({ until: { kind: "duration", seconds: 60 }, onlyInHours: true });
    const customer = begin(flow, { desk }).wait(60);
    expect(customer.last.effects).toMatchObject([{ type: "set_timer", at: "2026-03-03T11:00:00.000Z" }]);
    desk.hours = { "": { open: true, opensAt: null } };
    expect(customer.wait(86_400).heard()).toEqual(["Acá estoy", "¿Y?"]);
  });
});

describe("a note", () => {
  const noted = (words: string) =>
    begin(
      flowOf({ n: { kind: "note", settings: { text: words, members: ["ana"], area: "Ventas" } }, stop }, [
        "n.next>stop",
      ]),
    ).last.effects[0];

  it("is written with its variables filled, or not at all when nothing is left", () => {
    expect(noted("Mirá a {{contact.name}}")).toEqual({
      type: "note",
      node: "n",
      text: "Mirá a Íñigo",
      members: ["ana"],
      area: "Ventas",
    });
    expect(noted("{{contact.nada}}")).toMatchObject({ type: "send" });
  });
});

describe("a jump", () => {
  it("goes to its node so many times in a run, then by its exit", () => {
    const flow = flowOf(
      { stop, j: { kind: "jump", settings: { node: "stop", most: 2 } }, t: text("Basta"), p: { kind: "handoff" } },
      ["stop.answered>j", "j.limit_reached>t", "t.next>p"],
    );
    const customer = begin(flow);
    expect(customer.say("1").heard()).toEqual(["¿Y?"]);
    expect(customer.say("2").heard()).toEqual(["¿Y?"]);
    expect(customer.say("3").heard()).toEqual(["Basta"]);
    expect(customer.state.done).toMatchObject({ by: "handoff" });
  });
});
