import { describe, expect, it } from "vitest";
import { flowOf } from "../engine/fake-customer";
import { menu, shop, text } from "../engine/fake-shop";
import type { Flow } from "../flow";
import { differenceOf, isSame } from "./difference";

const copy = (): Flow => structuredClone(shop);

function changed(change: (flow: Flow) => void) {
  const after = copy();
  change(after);
  return differenceOf(shop, after);
}

/** The first node of a kind, as the test changes it. */
function nodeOf<K extends Flow["nodes"][number]["kind"]>(flow: Flow, kind: K) {
  const found = flow.nodes.find((node) => node.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found as Extract<Flow["nodes"][number], { kind: K }>;
}

describe("the difference of two flows", () => {
  it("is nothing between equal ones, wherever their nodes stand", () => {
    const moved = copy();
    for (const node of moved.nodes) node.position = { x: 7, y: 7 };
    moved.nodes.reverse();
    moved.edges.reverse();
    moved.notes.push({ id: "n", text: "ojo", position: { x: 0, y: 0 }, color: "" });
    expect(isSame(differenceOf(shop, moved))).toBe(true);
  });

  it("tells a field with what it was and is, items by their id", () => {
    const { nodes } = changed((flow) => {
      const [first] = nodeOf(flow, "choice").settings.items;
      if (first) first.label = "Comprar";
    });
    expect(nodes).toEqual([
      {
        ...{ id: "menu", kind: "choice", title: "", change: "changed" },
        fields: [{ path: "items.ventas.label", before: "Ventas", after: "Comprar" }],
      },
    ]);
  });

  it("tells of items in another order that, and not all of them", () => {
    const { nodes } = changed((flow) => nodeOf(flow, "choice").settings.items.reverse());
    expect(nodes[0]?.fields).toEqual([
      { path: "items", before: ["ventas", "soporte", "horarios"], after: ["horarios", "soporte", "ventas"] },
    ]);
  });

  it("tells of a node that came and one that went all that they say, and where exits lead now", () => {
    const before = flowOf({ a: text("uno"), b: text("dos") }, ["a.next>b"]);
    const after = flowOf({ a: text("uno"), c: text("tres") }, ["a.next>c"]);
    const { nodes, edges } = differenceOf(before, after);
    expect(nodes.map(({ id, change }) => [id, change])).toEqual([
      ["c", "added"],
      ["b", "removed"],
    ]);
    expect(nodes[0]?.fields).toContainEqual({ path: "texts", before: undefined, after: ["tres"] });
    expect(edges).toEqual([{ from: "a", exit: "next", before: "b", after: "c" }]);
  });

  it("tells of an edge that is new or gone null on the other side", () => {
    const [linked, loose] = [
      flowOf({ a: text("x"), b: text("y") }, ["a.next>b"]),
      flowOf({ a: text("x"), b: text("y") }),
    ];
    expect(differenceOf(loose, linked).edges).toEqual([{ from: "a", exit: "next", before: null, after: "b" }]);
    expect(differenceOf(linked, loose).edges).toEqual([{ from: "a", exit: "next", before: "b", after: null }]);
  });

  it("tells of a node whose kind changed under its id", () => {
    const [before, after] = [flowOf({ a: text("x") }), flowOf({ a: menu() })];
    expect(differenceOf(before, after).nodes[0]?.fields).toContainEqual({
      path: "kind",
      before: "text",
      after: "choice",
    });
  });

  it("tells of commands by their word, and of the flow's settings and name", () => {
    const difference = changed((flow) => {
      const [first] = flow.commands;
      if (first) first.resume = true;
      flow.settings.maxInvalid = 4;
      flow.name = "Otra";
    });
    expect(difference.commands).toEqual([{ path: "menú.resume", before: false, after: true }]);
    expect(difference.settings).toEqual([
      { path: "name", before: "Prueba", after: "Otra" },
      { path: "maxInvalid", before: 2, after: 4 },
    ]);
  });
});
