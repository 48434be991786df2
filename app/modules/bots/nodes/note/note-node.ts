import { z } from "zod";
import { defineNode } from "../define-node";
import { areaReference, memberReference, messageText } from "../fields";

const settings = z.strictObject({
  text: messageText.meta({ description: "What colleagues read; may hold {{variables}}." }),
  members: z
    .array(memberReference)
    .max(20)
    .default([])
    .meta({ description: "Who is told of it.", "x-control": "list" }),
  area: areaReference.nullable().default(null).meta({ description: "Everybody of this area is told of it." }),
});

/** Writes a note for colleagues into the ticket. One whose variables leave it empty is not written. */
export const noteNode = defineNode(settings, {
  family: "do",
  initial: () => ({ text: "" }),
  waits: false,
  exits: () => [{ id: "next", fallback: false }],
  enter(node, ctx) {
    const text = ctx.fill(node.text).trim();
    const { members, area } = node;
    return { ...(text !== "" && { note: { text, members, area } }), next: { do: "leave", exit: "next" } };
  },
  mapReferences: (node, replace) => ({
    ...node,
    members: node.members.map((member) => replace({ kind: "member", value: member })),
    area: node.area === null ? null : replace({ kind: "area", value: node.area }),
  }),
  texts: (node) => [node.text],
});
