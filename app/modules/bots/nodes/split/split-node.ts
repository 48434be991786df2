import { z } from "zod";
import { defineNode } from "../define-node";
import { exitId, uniqueIds } from "../fields";

const settings = z
  .strictObject({
    shares: z
      .array(
        z.strictObject({
          id: exitId(),
          label: z.string().trim().max(100).default(""),
          weight: z
            .number()
            .min(0)
            .max(1000)
            .default(1)
            .meta({ description: "How often, compared with the others.", "x-rare": false }),
        }),
      )
      .min(1)
      .max(20)
      .meta({ "x-control": "list" }),
  })
  .superRefine((node, issue) => uniqueIds("shares", node.shares, issue));

/** Sends customers different ways by chance. Where every weight is 0, all are alike. */
export const splitNode = defineNode(settings, {
  family: "decide",
  initial: () => ({ shares: [{ id: "a" }, { id: "b" }] }),
  waits: false,
  exits: (node) => node.shares.map(({ id }) => ({ id, fallback: false })),
  enter(node, ctx) {
    const total = node.shares.reduce((sum, { weight }) => sum + weight, 0);
    const weightOf = (weight: number) => (total === 0 ? 1 : weight);
    let rest = ctx.random() * (total || node.shares.length);
    const taken = node.shares.find(({ weight }) => {
      rest -= weightOf(weight);
      return rest < 0;
    });
    const exit = (taken ?? node.shares.findLast(({ weight }) => weightOf(weight) > 0) ?? node.shares[0])?.id ?? "";
    return { detail: { share: exit }, next: { do: "leave", exit } };
  },
  checks: (node) => [{ what: "weights", weights: node.shares.map(({ weight }) => weight) }],
});
