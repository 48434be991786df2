import { expect, it } from "vitest";
import { flowOf } from "../engine/fake-customer";
import { listReferences, mapReferences } from "./flow-references";

const handoff = (settings: object) => ({ kind: "handoff", settings });
const flow = flowOf(
  {
    a: handoff({ area: "Ventas", assignee: { kind: "member", member: "m-1" } }),
    b: handoff({ area: "Ventas", assignee: { kind: "last" } }),
    c: handoff({}),
  },
  [],
  {
    commands: [{ words: ["ventas"], action: { kind: "handoff", area: "Recepción" } }],
    settings: { handoff: { area: "Recepción" } },
  },
);

it("lists what a flow names outside itself, each once, with the nodes that do", () => {
  expect(listReferences(flow)).toEqual([
    { kind: "area", value: "Ventas", nodes: ["a", "b"] },
    { kind: "member", value: "m-1", nodes: ["a"] },
    { kind: "area", value: "Recepción", nodes: [] },
  ]);
});

it("puts others in their place and leaves the rest, the given flow too, as it is", () => {
  const before = structuredClone(flow);
  const mapped = mapReferences(flow, ({ kind, value }) => `${kind}:${value}`);
  expect(listReferences(mapped).map(({ value }) => value)).toEqual(["area:Ventas", "member:m-1", "area:Recepción"]);
  expect(mapped.nodes[2]).toMatchObject({ settings: { area: "area:Ventas", assignee: { kind: "last" } } });
  expect(mapped.nodes[3]).toEqual(flow.nodes[3]);
  expect(mapped.commands[0]?.action).toMatchObject({ area: "area:Recepción" });
  expect(flow).toEqual(before);
});
