import type { Flow } from "../flow";

/** Whether other flows stand in what runs of it, so that it has to be compiled by who has them. */
export const callsFlows = ({ nodes }: Flow): boolean => nodes.some(({ kind }) => kind === "call_flow");

/** The node of a drawn flow within which a node of what runs of it lies: itself, or the call; null for neither. */
export function drawnNodeOf({ nodes }: Flow, id: string): string | null {
  for (let at = id; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("__"))))
    if (nodes.some((node) => node.id === at)) return at;
  return null;
}
