import type { Draft } from "../../../editing/draft";

type Line = { from: string; to: string };

/** Lines of a drawing that lead on, each over so many columns; those that lead back are none of them. */
type Forward = Line & { span: number };

/**
 * The lines of a draft that do not lead back to where the way came from, and the nodes so that each stands before those
 * that it leads to.
 */
function forwardLines(draft: Draft, lines: readonly Line[]): { forward: Line[]; order: string[] } {
  const leading = new Map<string, Line[]>(draft.nodes.map(({ id }) => [id, []]));
  for (const line of lines) if (leading.has(line.to)) leading.get(line.from)?.push(line);
  const seen = new Map<string, "on the way" | "done">();
  const [forward, order]: [Line[], string[]] = [[], []];
  const visit = (id: string) => {
    seen.set(id, "on the way");
    for (const line of leading.get(id) ?? []) {
      if (seen.get(line.to) === "on the way") continue;
      forward.push(line);
      if (!seen.has(line.to)) visit(line.to);
    }
    seen.set(id, "done");
    order.unshift(id);
  };
  for (const id of [draft.start, ...draft.nodes.map((node) => node.id)])
    if (leading.has(id) && !seen.has(id)) visit(id);
  return { forward, order };
}

/**
 * The lines that lead on, each node as far to the left as those before it allow. A line that goes over many columns takes
 * room in each of them, and hundreds of such would take minutes to draw: the caller leaves out what is too long.
 * @param lines in the order in which they are drawn
 */
export function spannedLines(draft: Draft, lines: readonly Line[]): Forward[] {
  const { forward, order } = forwardLines(draft, lines);
  const leading = new Map<string, Line[]>();
  for (const line of forward) leading.set(line.from, [...(leading.get(line.from) ?? []), line]);
  const column = new Map<string, number>();
  for (const id of order) {
    const here = column.get(id) ?? 0;
    for (const { to } of leading.get(id) ?? []) column.set(to, Math.max(column.get(to) ?? 0, here + 1));
  }
  return forward.map((line) => ({ ...line, span: (column.get(line.to) ?? 0) - (column.get(line.from) ?? 0) }));
}
