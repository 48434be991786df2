import type { Draft } from "../../../editing/draft";
import { draftExits } from "./draft-exits";

export type Way = "right" | "left" | "down" | "up";

/**
 * The node that lies in a direction by the edges: right is what the first exit leads to, left what leads here, up and down
 * the others that the same node leads to. Null where there is none.
 */
export function neighbourOf(draft: Draft, id: string, way: Way): string | null {
  const node = draft.nodes.find((one) => one.id === id);
  if (!node) return null;
  const behind = (from: string): string[] => {
    const source = draft.nodes.find((one) => one.id === from);
    const exits = (source && draftExits(source)) ?? [];
    return exits.flatMap(({ id: exit }) =>
      draft.edges.flatMap((edge) => (edge.from === from && edge.exit === exit ? [edge.to] : [])),
    );
  };
  if (way === "right") return behind(id)[0] ?? null;
  const before = draft.edges.find(({ to, from }) => to === id && from !== id)?.from ?? null;
  if (way === "left") return before;
  const siblings = before === null ? draft.nodes.map((one) => one.id) : [...new Set(behind(before))];
  const at = siblings.indexOf(id);
  return siblings[way === "down" ? at + 1 : at - 1] ?? null;
}
