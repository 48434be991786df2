import { describe, expect, it, vi } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { newRun } from "../engine/run";
import { parseFlow } from "../flow";
import { lintFlow } from "../lint/lint-flow";

/** What later kinds need, each added by nothing but a definition and a line in the registry. */
vi.mock("./kinds", async (original) => {
  const { nodeKinds } = await original<typeof import("./kinds")>();
  const { defineNode } = await import("./define-node");
  const { z } = await import("zod");
  const next = [{ id: "next", fallback: false }];
  const pause = defineNode(z.strictObject({ seconds: z.number() }), {
    family: "do",
    initial: () => ({}),
    waits: true,
    exits: () => next,
    enter: ({ seconds }) => ({ next: { do: "wait", for: "time", seconds, kept: null } }),
    receive: (_, input) => ({ next: input.type === "timer" ? { do: "leave", exit: "next" } : { do: "ignore" } }),
  });
  const ask = defineNode(z.strictObject({ url: z.string() }), {
    family: "do",
    initial: () => ({}),
    place: "server",
    waits: true,
    exits: () => [...next, { id: "error", fallback: true }],
    enter: ({ url }) => ({
      next: { do: "wait", for: "result", input: { url }, seconds: 10, kept: "k" },
    }),
    receive: (_, input, ctx) =>
      input.type === "result"
        ? { set: { answer: input.output, kept: ctx.kept }, next: { do: "leave", exit: "next" } }
        : { next: { do: "leave", exit: "error" } },
  });
  const dice = defineNode(z.strictObject({}), {
    family: "decide",
    initial: () => ({}),
    waits: false,
    exits: () => next,
    enter: (_, ctx) => ({
      set: { rolls: [ctx.random(), ctx.random(), ctx.random()] },
      next: { do: "leave", exit: "next" },
    }),
  });
  const jump = defineNode(z.strictObject({ to: z.string() }), {
    family: "go",
    initial: () => ({}),
    waits: false,
    exits: () => [],
    enter: ({ to }) => ({ next: { do: "go", node: to } }),
  });
  const broken = defineNode(z.strictObject({}), {
    family: "do",
    initial: () => ({}),
    waits: false,
    exits: () => next,
    enter: () => {
      throw new TypeError("broken");
    },
  });
  return { nodeKinds: { ...nodeKinds, pause, ask, dice, jump, broken } };
});

const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });
const menu = { kind: "choice", settings: { body: "¿Seguimos?", items: [{ id: "si", label: "Sí" }] } };

describe("a kind of node added to the registry", () => {
  it("is read by the schema, with its own settings and exits", () => {
    const flow = flowOf({ p: { kind: "pause", settings: { seconds: 5 } }, m: menu }, ["p.next>m"]);
    expect(parseFlow(flow).ok).toBe(true);
    expect(parseFlow({ ...flow, nodes: [...flow.nodes, { ...flow.nodes[1], id: "q", settings: {} }] }).ok).toBe(false);
    expect(lintFlow(flow).map(({ node }) => node)).not.toContain("p");
  });

  it("may let time pass; what the customer says meanwhile is heard only as a command", () => {
    const flow = flowOf({ p: { kind: "pause", settings: { seconds: 300 } }, m: menu }, ["p.next>m"]);
    const customer = fakeCustomer(flow).begin().wait(100);
    expect(customer.say("hola").last).toMatchObject({
      effects: [],
      trace: [{ what: "ignored", detail: { message: "text" } }],
    });
    expect(customer.wait(200).heard()).toEqual(["¿Seguimos?"]);
    expect(fakeCustomer(flow).begin().say("agente").last.effects).toMatchObject([
      { type: "cancel_timer" },
      { type: "handoff" },
    ]);
  });

  it("may ask the server and wait for its result", () => {
    const flow = flowOf(
      { a: { kind: "ask", settings: { url: "/x" } }, t: text("{{flow.answer}} {{flow.kept}}"), m: menu },
      ["a.next>t", "t.next>m"],
    );
    const customer = fakeCustomer(flow).begin();
    expect(customer.last.effects).toMatchObject([
      { type: "call", call: "a:2", node: "a", kind: "ask", input: { url: "/x" } },
      { type: "set_timer", timer: "a:1", at: "2026-03-02T12:00:10.000Z" },
    ]);
    const { state } = customer;
    expect(customer.take({ type: "result", id: "r0", call: "a:1", output: "nobody waits" }).state).toBe(state);
    customer.take({ type: "result", id: "r1", call: "a:2", output: "enviado" });
    expect(customer.last.effects[0]).toEqual({ type: "cancel_timer", timer: "a:1" });
    expect(customer.heard()).toEqual(["enviado k", "¿Seguimos?"]);
    expect(customer.take({ type: "result", id: "r2", call: "a:2", output: "again" }).last.effects).toEqual([]);
  });

  it("goes on without a result that does not come", () => {
    const flow = flowOf({ a: { kind: "ask", settings: { url: "/x" } }, e: text("No pude consultar"), m: menu }, [
      "a.error>e",
      "e.next>m",
    ]);
    expect(fakeCustomer(flow).begin().wait(10).heard()).toEqual(["No pude consultar", "¿Seguimos?"]);
  });

  it("draws chances that a replay draws alike", () => {
    const flow = flowOf({ d: { kind: "dice" }, m: menu }, ["d.next>m"]);
    const rolls = (random: number) => fakeCustomer(flow, { random }).begin().state.variables.rolls as number[];
    expect(rolls(0.25)).toEqual(rolls(0.25));
    expect(new Set([...rolls(0.25), ...rolls(0.3)]).size).toBe(6);
    for (const roll of rolls(0.999)) expect(roll >= 0 && roll < 1).toBe(true);
  });

  it("may go to any node; one that does not exist calls people", () => {
    const flow = flowOf({ j: { kind: "jump", settings: { to: "m" } }, m: menu });
    expect(fakeCustomer(flow).begin().heard()).toEqual(["¿Seguimos?"]);
    const lost = flowOf({ t: text("Hola"), j: { kind: "jump", settings: { to: "x" } } }, ["t.next>j"]);
    expect(fakeCustomer(lost).begin().last.effects).toMatchObject([{ type: "handoff", reason: "flow_error" }]);
  });

  it("calls people when it throws, and nothing of what it had said goes out", () => {
    const flow = flowOf({ t: text("Un momento"), b: { kind: "broken" } }, ["t.next>b"]);
    const customer = fakeCustomer(flow).begin();
    expect(customer.last.effects).toMatchObject([
      { type: "handoff", reason: "flow_error", message: expect.stringContaining("persona") },
    ]);
    expect(customer.last.trace[0]).toMatchObject({ what: "fault", detail: { error: "broken" } });
    expect(customer.state).toEqual({ ...newRun(), seen: ["start"], done: { by: "handoff", reason: "flow_error" } });
  });
});
