import { z } from "zod";
import { defineNode, type NodeContext } from "../define-node";
import { areaReference, messageText } from "../fields";

const maybeText = messageText.nullable().default(null);

const settings = z.strictObject({
  area: areaReference.nullable().default(null).meta({ description: "Null: the channel's own area." }),
  assignee: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("member"), member: z.string().min(1).max(100).meta({ "x-control": "member" }) }),
      z.strictObject({ kind: z.literal("last") }).meta({ description: "The agent of the contact's last ticket." }),
    ])
    .nullable()
    .default(null),
  message: maybeText,
  messageClosed: maybeText.meta({ description: "Instead of message, out of the area's hours." }),
  messageAway: maybeText.meta({ description: "Instead of message, when nobody is available." }),
  priority: z
    .enum(["low", "normal", "high", "urgent"])
    .nullable()
    .default(null)
    .meta({ description: "Null: as it is." }),
  note: maybeText.meta({ description: "A staff note that goes with the ticket; may hold {{variables}}." }),
});

const filled = (ctx: NodeContext, text: string | null) => (text === null ? null : ctx.fill(text).trim() || null);

/** Gives the ticket to people: the bot says no more. */
export const handoffNode = defineNode(settings, {
  family: "end",
  initial: () => ({}),
  waits: false,
  exits: () => [],
  enter: (node, ctx) => ({
    next: {
      do: "hand_over",
      to: {
        area: node.area,
        assignee: node.assignee,
        priority: node.priority,
        message: filled(ctx, node.message),
        messageClosed: filled(ctx, node.messageClosed),
        messageAway: filled(ctx, node.messageAway),
        note: filled(ctx, node.note),
      },
    },
  }),
  mapReferences(node, replace) {
    const { area, assignee } = node;
    return {
      ...node,
      area: area === null ? null : replace({ kind: "area", value: area }),
      assignee:
        assignee?.kind === "member"
          ? { ...assignee, member: replace({ kind: "member", value: assignee.member }) }
          : assignee,
    };
  },
  texts: (node) => [node.message, node.messageClosed, node.messageAway, node.note].filter((text) => text !== null),
  shows: (node) =>
    [node.message, node.messageClosed, node.messageAway]
      .filter((text) => text !== null)
      .map((text) => ({ kind: "text", text })),
});
