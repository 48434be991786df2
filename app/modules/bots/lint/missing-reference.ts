import { listReferences } from "../nodes/flow-references";
import { defineRule, type Finding } from "./rule";

type Text = "area" | "member";

/** Areas and members that the organisation does not have. */
export const missingReference = defineRule<Text>(
  {
    area: "There is no area “{name}”: the ticket would go to the channel's own.",
    member: "There is no member “{name}”: the ticket would be unassigned.",
  },
  ({ flow, context }) =>
    listReferences(flow).flatMap((reference): Finding<Text>[] => {
      const known = reference.kind === "area" ? context.areas : context.members;
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
