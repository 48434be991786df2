import { z } from "zod";
import { defineNode } from "../define-node";
import { messageText, tagName } from "../fields";

const settings = z.strictObject({
  message: messageText.nullable().default(null).meta({ description: "The last thing that the customer reads." }),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .meta({ description: "One of the organisation's closing reasons." }),
  tags: z.array(tagName).max(10).default([]),
  askRating: z.boolean().default(false).meta({ description: "Asks the customer to rate the conversation." }),
});

/** Closes the ticket: the bot says no more. */
export const closeNode = defineNode(settings, {
  family: "end",
  initial: () => ({}),
  waits: false,
  exits: () => [],
  enter: (node, ctx) => ({
    next: {
      do: "close",
      with: {
        message: node.message === null ? null : ctx.fill(node.message).trim() || null,
        label: node.reason,
        tags: node.tags,
        askRating: node.askRating,
      },
    },
  }),
  texts: (node) => (node.message === null ? [] : [node.message]),
  shows: (node) => (node.message === null ? [] : [{ kind: "text", text: node.message }]),
});
