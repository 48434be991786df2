import { definitionOf, type Flow } from "../flow";
import { isReadablePath, SYSTEM_VARIABLES, type TemplateUse, templateUses } from "../wording/variables";
import { defineRule, type Finding } from "./rule";

type Text = "unknown" | "never_set" | "no_system";

/** `contact.*`, `ticket.*` and `org.*` are open: their fields are the organisation's. */
function problem(use: TemplateUse, set: ReadonlySet<string>): { severity: "error" | "warning"; text: Text } | null {
  if (!isReadablePath(use.path)) return { severity: "error", text: "unknown" };
  const [namespace, name = ""] = use.path.split(".");
  if (namespace === "system" && !SYSTEM_VARIABLES.some((known) => known === name))
    return { severity: "error", text: "no_system" };
  // What stands in for an empty one says that the author expects it.
  if (namespace === "flow" && !set.has(name) && use.fallback === null)
    return { severity: "warning", text: "never_set" };
  return null;
}

function textsOutsideNodes(flow: Flow): string[] {
  const ofCommands = flow.commands.map(({ action }) => ("message" in action ? (action.message ?? "") : ""));
  return [...ofCommands, flow.settings.handoff.message ?? ""];
}

function check(node: string | null, texts: readonly string[], set: ReadonlySet<string>): Finding<Text>[] {
  const uses = new Map(texts.flatMap(templateUses).map((use) => [`${use.path}|${use.fallback}`, use]));
  return [...uses.values()].flatMap((use) => {
    const found = problem(use, set);
    return found ? [{ ...found, node, params: { variable: use.path } }] : [];
  });
}

/** Variables in texts that do not exist, may not be read (`org.secrets`), or that no node sets. */
export const unknownVariable = defineRule<Text>(
  {
    unknown: "“{variable}” is no variable that a text can show.",
    no_system: "There is no “{variable}”.",
    never_set: "No node of this flow sets “{variable}”.",
  },
  ({ flow }) => {
    const set = new Set(flow.nodes.flatMap((node) => definitionOf(node).sets?.(node.settings) ?? []));
    return [
      ...flow.nodes.flatMap((node) => check(node.id, definitionOf(node).texts?.(node.settings) ?? [], set)),
      ...check(null, textsOutsideNodes(flow), set),
    ];
  },
);
