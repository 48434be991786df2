import { expect, it } from "vitest";
import { aDraft } from "../model/draft-double";
import { changeSettings, move, remove } from "../model/edits";
import { EditorStore } from "../state/editor-store";
import { edgeId, exitOfEdge, flowElements } from "./flow-elements";

const NO_SIZES = new Map();

it("every edge and what is chosen stay on the canvas through edits and undoing, for it draws the model (pitfall 32)", () => {
  const store = new EditorStore(aDraft(), {});
  const elements = flowElements();
  const drawn = () => {
    const { selected, history } = store.get();
    const nodes = elements.nodes(history.present, selected, NO_SIZES);
    const edges = elements
      .edges(history.present, selected)
      .map(({ id, target }) => ({ ...exitOfEdge(id), to: target }));
    return { edges, chosen: nodes.flatMap(({ id, selected: is }) => (is ? [id] : [])) };
  };
  const first = store.draft;
  const count = first.edges.length;
  expect(count).toBeGreaterThan(5);
  store.select(["menu", "hours"]);
  const menu = store.draft.nodes.find(({ id }) => id === "menu");
  store.edit(move(new Map([["menu", { x: 5, y: 6 }]])));
  store.edit(changeSettings("menu", { ...menu?.settings, body: "¿Y ahora?" }));
  expect(drawn()).toEqual({ edges: store.draft.edges, chosen: ["menu", "hours"] });
  expect(store.draft.edges).toHaveLength(count);
  store.edit(remove(new Set(["hours"])));
  expect(drawn()).toEqual({ edges: store.draft.edges, chosen: ["menu"] });
  expect(drawn().edges).toHaveLength(first.edges.filter(({ from, to }) => from !== "hours" && to !== "hours").length);
  for (let n = 0; n < 3; n++) store.undo();
  expect(drawn().edges).toEqual(first.edges);
  store.edit((draft) => draft);
  expect(drawn().chosen).toEqual(["menu"]);
});

it("what did not change is the same object, so that the canvas loses nothing of its own of it (pitfall 32)", () => {
  const store = new EditorStore(aDraft(), {});
  const elements = flowElements();
  const before = elements.nodes(store.draft, new Set(), NO_SIZES);
  store.edit(move(new Map([["menu", { x: 5, y: 6 }]])));
  const after = elements.nodes(store.draft, new Set(), NO_SIZES);
  expect(after.flatMap((node, place) => (node === before[place] ? [] : [node.id]))).toEqual(["menu"]);
  expect(exitOfEdge(edgeId("a-b", "next one"))).toEqual({ from: "a-b", exit: "next one" });
});
