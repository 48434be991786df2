import { z } from "zod";
import { defineNode } from "../define-node";
import { areaReference } from "../fields";

const settings = z.strictObject({
  area: areaReference.nullable().default(null).meta({ description: "Null: the ticket's own area." }),
});

/** Whether anybody of an area is available now. */
export const agentsNode = defineNode(settings, {
  family: "decide",
  initial: () => ({}),
  waits: false,
  exits: () => [
    { id: "yes", fallback: false },
    { id: "no", fallback: false },
  ],
  enter: ({ area }, { env }) => {
    const available = env.desk?.available[area ?? ""] ?? true;
    return { detail: { available }, next: { do: "leave", exit: available ? "yes" : "no" } };
  },
  asks: ({ area }) => [{ what: "available", area }],
  mapReferences: (node, replace) => ({
    area: node.area === null ? null : replace({ kind: "area", value: node.area }),
  }),
});
