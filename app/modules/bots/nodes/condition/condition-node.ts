import { z } from "zod";
import { conditionSchema, holds, variablesOfCondition } from "../../answers/conditions";
import { defineNode } from "../define-node";
import { exitId, uniqueIds } from "../fields";

const settings = z
  .strictObject({
    branches: z
      .array(
        z.strictObject({
          id: exitId(["else"]),
          label: z.string().trim().max(100).default(""),
          condition: conditionSchema,
        }),
      )
      .min(1)
      .max(20)
      .meta({ description: "The first that holds is taken.", "x-control": "list" }),
  })
  .superRefine((node, issue) => uniqueIds("branches", node.branches, issue));

/** Goes by the first branch whose rules hold. */
export const conditionNode = defineNode(settings, {
  family: "decide",
  initial: () => ({
    branches: [
      {
        id: "branch-1",
        label: "",
        condition: { rules: [{ variable: "system.channel", operator: "equals", value: "" }] },
      },
    ],
  }),
  waits: false,
  exits: (node) => [...node.branches.map(({ id }) => id), "else"].map((id) => ({ id, fallback: false })),
  enter(node, ctx) {
    const exit = node.branches.find(({ condition }) => holds(condition, ctx.variables))?.id ?? "else";
    return { detail: { branch: exit }, next: { do: "leave", exit } };
  },
  texts: (node) => node.branches.flatMap(({ condition }) => variablesOfCondition(condition)),
  checks: (node) => node.branches.map(({ condition }) => ({ what: "condition", condition })),
});
