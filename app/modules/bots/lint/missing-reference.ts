import { listReferences } from "../nodes/flow-references";
import { defineRule, type Finding } from "./rule";

type Text = "area" | "member" | "flow";

/** Areas, members and flows that the organisation does not have. */
export const missingReference = defineRule<Text>(
  {
    area: "There is no area “{name}”: the ticket would go to the channel's own.",
    member: "There is no member “{name}”: the ticket would be unassigned.",
    flow: "There is no published flow “{name}” to call.",
  },
  ({ flow, context }) =>
    listReferences(flow).flatMap((reference): Finding<Text>[] => {
      const known = { area: context.areas, member: context.members, flow: context.flows }[reference.kind];
      if (!known || known.includes(reference.value)) return [];
      const nodes = reference.nodes.length === 0 ? [null] : reference.nodes;
      return nodes.map((node) => ({
        severity: "error",
        node,
        text: reference.kind,
        params: { name: reference.value },
      }));
    }),
);
