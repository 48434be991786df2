import { defaultLanguage, toLanguage } from "~/i18n/languages";
import { type Flow, flowSchema } from "../flow";

type Nodes = { [id: string]: { kind: string; settings?: object; at: [column: number, row: number] } };

/** Room for a drawn node and the lines beside it. */
const COLUMN = 368;
const ROW = 212;

/**
 * A starter flow: `start` and these nodes, the first behind the start, edges written "from.exit>to".
 * @throws ZodError when it is no flow
 */
export function buildFlow(language: string, name: string, nodes: Nodes, edges: readonly string[]): Flow {
  const first = Object.keys(nodes)[0];
  return flowSchema.parse({
    schema: 1,
    name,
    start: "start",
    nodes: [
      { id: "start", kind: "start", position: { x: 0, y: 0 }, settings: {} },
      ...Object.entries(nodes).map(
        ([
          id,
          {
            kind,
            settings = {},
            at: [column, row],
          },
        ]) => ({
          ...{ id, kind, settings },
          position: { x: column * COLUMN, y: row * ROW },
        }),
      ),
    ],
    edges: [`start.next>${first}`, ...edges].map((edge) => {
      const [from = "", exit = "", to = ""] = edge.split(/[.>]/);
      return { from, exit, to };
    }),
    settings: { language: toLanguage(language) ?? defaultLanguage },
  });
}
