import { type Draft, type DraftNode, readDraftNode, type Settings } from "../editing/draft";
import { definitionOf, flowShape } from "../flow";
import type { Reference } from "../nodes/define-node";

/** Something outside itself that a draft names and the organisation does not have, and the nodes that name it. */
export type MissingReference = Reference & { nodes: string[] };

/** What an organisation has, by kind: ids and whatever else its things go by. Kinds that are not listed are not asked for. */
export type KnownThings = { readonly [kind in Reference["kind"]]?: readonly string[] };

type Replace = (reference: Reference, node: string | null) => string;

function inNode(node: DraftNode, replace: Replace): DraftNode {
  const read = readDraftNode(node);
  if (!read.ok) return node;
  const { mapReferences } = definitionOf(read.node);
  if (!mapReferences) return node;
  const settings = mapReferences(read.node.settings, (reference) => replace(reference, node.id));
  return { ...node, settings: settings as Settings };
}

function inRest(draft: Draft, replace: Replace): Pick<Draft, "commands" | "settings"> {
  const area = (value: string) => replace({ kind: "area", value }, null);
  const { commands, settings } = flowShape.shape;
  const [read, whole] = [commands.safeParse(draft.commands), settings.safeParse(draft.settings)];
  return {
    commands: read.success
      ? (read.data.map((command) =>
          command.action.kind === "handoff" && command.action.area !== null
            ? { ...command, action: { ...command.action, area: area(command.action.area) } }
            : command,
        ) as Draft["commands"])
      : draft.commands,
    settings:
      whole.success && whole.data.handoff.area !== null
        ? ({ ...whole.data, handoff: { ...whole.data.handoff, area: area(whole.data.handoff.area) } } as Settings)
        : draft.settings,
  };
}

/** The draft with everything outside itself that it names replaced; nodes that are incomplete stay as they are. */
export const mapDraftReferences = (draft: Draft, replace: Replace): Draft => ({
  ...draft,
  nodes: draft.nodes.map((node) => inNode(node, replace)),
  ...inRest(draft, replace),
});

/** What a draft names that is not there, each once. */
export function missingReferences(draft: Draft, known: KnownThings): MissingReference[] {
  const missing = new Map<string, MissingReference>();
  mapDraftReferences(draft, (reference, node) => {
    const { kind, value } = reference;
    if (known[kind]?.includes(value) === false) {
      const entry = missing.get(`${kind} ${value}`) ?? { ...reference, nodes: [] };
      if (node !== null) entry.nodes.push(node);
      missing.set(`${kind} ${value}`, entry);
    }
    return value;
  });
  return [...missing.values()];
}
