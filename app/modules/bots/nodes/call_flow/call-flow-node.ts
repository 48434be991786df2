import { z } from "zod";
import { defineNode } from "../define-node";
import { variableName } from "../fields";

const settings = z.strictObject({
  flow: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ description: "Another published flow's id or its name.", "x-control": "flow" }),
  arguments: z
    .array(
      z.strictObject({
        name: variableName,
        value: z.string().max(1000).default("").meta({ description: "May hold {{variables}}.", "x-control": "text" }),
      }),
    )
    .max(20)
    .default([])
    .meta({
      description: "flow.* variables that are set before it begins; both flows share them.",
      "x-control": "list",
    }),
});

/** The way into the called flow; only `compileFlow` draws an edge from it, so that no author sees it. */
export const ENTERED = "entered";
export const RETURNED = "returned";

/**
 * Calls another flow. Publishing puts that one's nodes in its place (`compileFlow`); not compiled it leads nowhere, and the
 * flow's safe way is taken.
 */
export const callFlowNode = defineNode(settings, {
  family: "go",
  initial: () => ({ flow: "" }),
  waits: false,
  exits: () => [{ id: RETURNED, fallback: false }],
  enter: (node, ctx) => ({
    set: Object.fromEntries(node.arguments.map(({ name, value }) => [name, ctx.fill(value)])),
    detail: { flow: node.flow },
    next: { do: "leave", exit: ENTERED },
  }),
  mapReferences: (node, replace) => ({ ...node, flow: replace({ kind: "flow", value: node.flow }) }),
  texts: (node) => node.arguments.map(({ value }) => value),
  sets: (node) => node.arguments.map(({ name }) => name),
});
