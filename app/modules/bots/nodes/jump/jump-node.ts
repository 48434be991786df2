import { z } from "zod";
import { defineNode } from "../define-node";

const settings = z.strictObject({
  node: z.string().min(1).max(100).meta({ description: "The id of a node of this flow.", "x-control": "node" }),
  most: z.number().int().min(1).max(1000).default(3).meta({ description: "How often in one run." }),
});

/** Goes to a node without a line, at most so many times. */
export const jumpNode = defineNode(settings, {
  family: "go",
  initial: () => ({ node: "" }),
  waits: false,
  exits: () => [{ id: "limit_reached", fallback: false }],
  enter: (node, { visit }) => ({
    detail: { visit },
    next: visit < node.most ? { do: "go", node: node.node } : { do: "leave", exit: "limit_reached" },
  }),
  mapNodes: (node, replace) => ({ ...node, node: replace(node.node) }),
});
