import { z } from "zod";
import { defineNode } from "../define-node";
import { messageText } from "../fields";

const settings = z.strictObject({
  texts: z.array(messageText).min(1).max(10).meta({ description: "One, or variants taken in turn at each visit." }),
  delaySeconds: z.number().min(0).max(30).default(0).meta({ description: "How long the bot seems to type." }),
});

/** Says a text and goes on. One whose variables leave it empty is not said. */
export const textNode = defineNode(settings, {
  family: "say",
  initial: () => ({ texts: [""] }),
  waits: false,
  exits: () => [{ id: "next", fallback: false }],
  enter(node, ctx) {
    const variant = ctx.visit % node.texts.length;
    const text = ctx.fill(node.texts[variant] ?? "").trim();
    return {
      say: text === "" ? [] : [{ content: { kind: "text", text }, delaySeconds: node.delaySeconds }],
      detail: { variant },
      next: { do: "leave", exit: "next" },
    };
  },
  texts: (node) => node.texts,
  shows: (node) => node.texts.map((text) => ({ kind: "text", text })),
});
