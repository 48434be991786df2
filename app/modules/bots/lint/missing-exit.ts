import { exitsOf } from "../flow";
import { reachableFrom } from "./flow-graph";
import { defineRule, type FlowGraph } from "./rule";

/** Detours of commands that come back may end anywhere. */
function endsOfDetours({ flow, after }: FlowGraph): Set<string> {
  const starts = flow.commands.flatMap(({ action, resume }) => (resume && action.kind === "goto" ? [action.node] : []));
  return reachableFrom(starts, after);
}

/** Exits that lead nowhere. The engine then takes the safe way, which the author has probably not meant. */
export const missingExit = defineRule(
  {
    dead_end: "The exit “{exit}” leads nowhere: the ticket would go to people.",
    no_fallback: "The exit “{exit}” leads nowhere: the flow's safe way is taken.",
  },
  (graph) => {
    // There it is meant: the flow goes back to the one that called it.
    if (graph.flow.settings.callable) return [];
    const detours = endsOfDetours(graph);
    const main = reachableFrom([graph.flow.start], graph.after);
    return graph.flow.nodes
      .filter(({ id }) => graph.reachable.has(id))
      .flatMap((node) => {
        const comesBack = detours.has(node.id) && !main.has(node.id);
        return exitsOf(node)
          .filter((exit) => !graph.leads(node.id, exit.id) && (exit.fallback || !comesBack))
          .map((exit) => ({
            severity: exit.fallback ? ("warning" as const) : ("error" as const),
            node: node.id,
            text: exit.fallback ? ("no_fallback" as const) : ("dead_end" as const),
            params: { exit: exit.id },
          }));
      });
  },
);
