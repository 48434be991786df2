import { type Draft, lenientNode, readDraft } from "../../../editing/draft";
import { type Flow, flowShape } from "../../../flow";
import { lintFlow } from "../../../lint/lint-flow";
import type { LintContext } from "../../../lint/rule";
import type { Path } from "../form/value-at";

/** One thing that is wrong with a draft. Errors keep it from being published. */
export type EditorProblem = {
  severity: "error" | "warning";
  /** Null for what is of the whole flow. */
  node: string | null;
  /** Within the node's settings, or within the flow. */
  path: Path;
  message: { key: string; params: { [name: string]: string | number } };
};

/** What the linter says; of a draft that is incomplete as far as it can be read. */
function lint(flow: Flow, context: LintContext): EditorProblem[] {
  try {
    return lintFlow(flow, context).map(({ severity, node, message }) => ({ severity, node, path: [], message }));
  } catch {
    // Settings of a wrong form: what is wrong with them is told already.
    return [];
  }
}

/** The draft as a flow, with what is missing put in. */
function lenientFlow(draft: Draft): Flow {
  const { commands, settings } = flowShape.shape;
  return {
    ...draft,
    nodes: draft.nodes.map(lenientNode),
    commands: commands.safeParse(draft.commands).data ?? [],
    settings: settings.safeParse(draft.settings).data ?? settings.parse({}),
  };
}

/** Everything that is wrong with a draft: what is missing in it, then what the linter finds, errors first. */
export function problemsOf(draft: Draft, context: LintContext): EditorProblem[] {
  const read = readDraft(draft);
  if (read.ok) return lint(read.flow, context);
  const missing = read.problems.map((problem) => ({ severity: "error" as const, ...problem }));
  const found = lint(lenientFlow(draft), context);
  const known = new Set(missing.map(({ node }) => node));
  // What is empty is told once, by its field.
  const isOfEmpty = ({ key, params }: EditorProblem["message"]) =>
    key.startsWith("bots.lint.labels.empty") || Object.values(params).includes("");
  const rest = found.filter(({ node, message }) => !(known.has(node) && isOfEmpty(message)));
  return [
    ...missing,
    ...rest.filter((one) => one.severity === "error"),
    ...rest.filter((one) => one.severity === "warning"),
  ];
}

/** The worst of each node's problems, for the mark on it. */
export function worstByNode(problems: readonly EditorProblem[]): ReadonlyMap<string, EditorProblem["severity"]> {
  const worst = new Map<string, EditorProblem["severity"]>();
  for (const { node, severity } of problems)
    if (node !== null && worst.get(node) !== "error") worst.set(node, severity);
  return worst;
}
