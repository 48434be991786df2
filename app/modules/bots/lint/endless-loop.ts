import { definitionOf } from "../flow";
import { reachableFrom } from "./flow-graph";
import { defineRule } from "./rule";

/** A way back to a node on which nothing waits: the loop guard would cut it and call people. */
export const endlessLoop = defineRule(
  { endless: "This node comes back to itself without waiting for anything." },
  (graph) => {
    const waits = (id: string) => {
      const node = graph.node(id);
      const definition = node && definitionOf(node);
      if (!node || !definition) return false;
      // A jump goes only so many times.
      return definition.mapNodes !== undefined || (definition.waits && !definition.passes?.(node.settings));
    };
    const withoutWait = (id: string) => (waits(id) ? [] : graph.after(id));
    return graph.flow.nodes
      .filter(({ id }) => graph.reachable.has(id) && reachableFrom(withoutWait(id), withoutWait).has(id))
      .map(({ id }) => ({ severity: "error", node: id, text: "endless", params: {} }));
  },
);
