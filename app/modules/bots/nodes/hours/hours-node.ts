import { z } from "zod";
import { defineNode } from "../define-node";
import { areaReference } from "../fields";

const settings = z.strictObject({
  area: areaReference.nullable().default(null).meta({ description: "Null: the organisation's hours." }),
});

/** Whether it is open now, by the timetable and the holidays. */
export const hoursNode = defineNode(settings, {
  family: "decide",
  initial: () => ({}),
  waits: false,
  exits: () => [
    { id: "open", fallback: false },
    { id: "closed", fallback: false },
  ],
  enter: ({ area }, { env }) => {
    const open = env.desk?.hours[area ?? ""]?.open ?? true;
    return { detail: { open }, next: { do: "leave", exit: open ? "open" : "closed" } };
  },
  asks: ({ area }) => [{ what: "hours", area }],
  mapReferences: (node, replace) => ({
    area: node.area === null ? null : replace({ kind: "area", value: node.area }),
  }),
});
