import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { compiledFlowSchema, type Flow } from "../flow";
import { compileFlow, type LoadFlow } from "./compile-flow";

const text = (words: string) => ({ kind: "text", settings: { texts: [words] } });
const call = (flow: string, args: { name: string; value: string }[] = []) => ({
  kind: "call_flow",
  settings: { flow, arguments: args },
});
const menu = (label: string) => ({
  kind: "choice",
  settings: { body: `¿${label}?`, items: [{ id: "si", label: "Sí" }] },
});

const loading =
  (flows: { [id: string]: Flow }): LoadFlow =>
  async (named) => {
    const flow = Object.hasOwn(flows, named) ? flows[named] : undefined;
    return flow ? { id: named, flow } : null;
  };

async function compiled(flow: Flow, flows: { [id: string]: Flow }): Promise<Flow> {
  const made = await compileFlow(flow, loading(flows), "self");
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return compiledFlowSchema.parse(JSON.parse(JSON.stringify(made.flow)));
}

const problemsOf = async (flow: Flow, flows: { [id: string]: Flow }) => {
  const made = await compileFlow(flow, loading(flows), "self");
  return made.ok ? [] : made.problems;
};

describe("a flow that calls another", () => {
  it("has it in itself: goes in with its arguments, and comes back wherever an exit leads nowhere", async () => {
    const address = flowOf({ hi: text("Para {{flow.who}}"), ask: menu("Seguro") }, ["hi.next>ask"]);
    const shop = flowOf({ c: call("address", [{ name: "who", value: "{{contact.name}}" }]), end: menu("Listo") }, [
      "c.returned>end",
    ]);
    const flow = await compiled(shop, { address });
    expect(flow.nodes.map(({ id }) => id)).toEqual(["start", "c", "end", "c__hi", "c__ask"]);
    const customer = fakeCustomer(flow).begin("hola");
    expect(customer.heard()).toEqual(["Para Íñigo", "¿Seguro?"]);
    expect(customer.say("sí").heard()).toEqual(["¿Listo?"]);
  });

  it("is taken as deep as five, a loop to the start of the called one goes past it", async () => {
    const flows: { [id: string]: Flow } = { f5: flowOf({ t: text("hondo") }) };
    for (const n of [4, 3, 2, 1]) flows[`f${n}`] = flowOf({ c: call(`f${n + 1}`) });
    const five = flowOf({ c: call("f1"), m: menu("Fin") }, ["c.returned>m"]);
    expect(
      fakeCustomer(await compiled(five, flows))
        .begin()
        .heard(),
    ).toEqual(["hondo", "¿Fin?"]);
    flows.f0 = flowOf({ c: call("f1") });
    expect(await problemsOf(flowOf({ c: call("f0") }), flows)).toEqual([
      { node: "c", problem: "too_deep", flow: "f5" },
    ]);
    const looped = flowOf({ m: menu("Otra") }, ["m.si>start"]);
    const customer = fakeCustomer(await compiled(flowOf({ c: call("looped") }), { looped })).begin();
    expect(customer.say("sí").heard()).toEqual(["¿Otra?"]);
  });

  it("may call nothing at all; what was not compiled goes the safe way", async () => {
    const shop = flowOf({ c: call("empty"), m: menu("Listo") }, ["c.returned>m"]);
    const empty = flowOf({ c: call("nothing") });
    const nothing = { ...flowOf({ t: text("x") }), edges: [] };
    expect(
      fakeCustomer(await compiled(shop, { empty, nothing }))
        .begin()
        .heard(),
    ).toEqual(["¿Listo?"]);
    expect(fakeCustomer(shop).begin().last.effects).toMatchObject([{ type: "handoff", reason: "missing_exit" }]);
    const plain = flowOf({ t: text("x") });
    expect(await compileFlow(plain, loading({}))).toEqual({ ok: true, flow: plain });
  });

  it("is refused with the node, for cycles, unknown flows, too many nodes and names too long", async () => {
    const long = "a".repeat(40);
    const deep = (n: number): Flow => flowOf({ [long]: n === 0 ? text("x") : call(`d${n - 1}`) });
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`t${n}`, text("x")]));
    const flows = {
      a: flowOf({ c: call("b") }),
      b: flowOf({ c: call("a") }),
      me: flowOf({ c: call("self") }),
      self: flowOf({ t: text("former") }),
      many: flowOf(many),
      ...{ d0: deep(0), d1: deep(1), d2: deep(2), d3: deep(3) },
    };
    const shop = flowOf({ cycle: call("a"), own: call("me"), gone: call("toString"), deep: call("d3") });
    expect(await problemsOf(shop, flows)).toEqual([
      { node: "cycle", problem: "cycle", flow: "a" },
      { node: "own", problem: "cycle", flow: "self" },
      { node: "gone", problem: "unknown_flow", flow: "toString" },
      { node: "deep", problem: "id_too_long", flow: "d2" },
    ]);
    const large = flowOf(Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`c${n}`, call("many")])));
    expect(await problemsOf(large, flows)).toEqual([{ node: "c4", problem: "too_large", flow: "many" }]);
  });
});
