import { defineRule } from "./rule";

/** Nodes to which neither the start nor a command leads. */
export const unreachable = defineRule({ unreachable: "Nothing leads to this node." }, ({ flow, reachable }) =>
  flow.nodes
    .filter((node) => !reachable.has(node.id))
    .map((node) => ({ severity: "warning", node: node.id, text: "unreachable", params: {} })),
);
