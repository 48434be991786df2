import { z } from "zod";
import { flowShape } from "./flow";
import { lintRowSchema } from "./lint/lint-flow";

const withoutHead = ({ $schema: _, ...schema }: { $schema?: string; [key: string]: unknown }) => schema;

/** JSON Schema (2020-12) of a flow's JSON and, under `$defs.LintOutput`, of what the linter prints for it. */
export function flowJsonSchema(): { [key: string]: unknown } {
  const { $schema, ...flow } = z.toJSONSchema(flowShape, { io: "input" });
  const lintOutput = withoutHead(z.toJSONSchema(z.strictObject({ data: z.array(lintRowSchema) })));
  return {
    $schema,
    title: "GuazuApp flow",
    description:
      "What flow:import reads and an export writes. Besides this schema, ids have to be unique, every edge has to join " +
      "existing nodes by an exit that the first one has, and `start` has to name the one start node.",
    ...flow,
    $defs: { ...flow.$defs, LintOutput: { description: "What flow:lint --json prints.", ...lintOutput } },
  };
}
