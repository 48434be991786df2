import { type Draft, lenientNode } from "../../../editing/draft";
import { definitionOf } from "../../../flow";
import { SYSTEM_VARIABLES } from "../../../wording/variables";

const ALWAYS = [
  "contact.name",
  "contact.phone",
  "contact.email",
  "ticket.number",
  "ticket.area",
  "org.name",
  "org.hours",
  ...SYSTEM_VARIABLES.map((name) => `system.${name}`),
];

const found = new WeakMap<Draft["nodes"], string[]>();

/** The variables that a text of a flow can name: those that its nodes set, and those that are always there. */
export function variablesOf(draft: Draft): string[] {
  const known = found.get(draft.nodes);
  if (known) return known;
  const set = draft.nodes.flatMap((node) => {
    try {
      const read = lenientNode(node);
      return definitionOf(read).sets?.(read.settings) ?? [];
    } catch {
      return [];
    }
  });
  const all = [...new Set(set)].filter((name) => name !== "").map((name) => `flow.${name}`);
  const variables = [...all, ...ALWAYS];
  found.set(draft.nodes, variables);
  return variables;
}
