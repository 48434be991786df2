import { normaliseAnswer } from "../answers/normalise-answer";
import type { Flow, FlowCommand, FlowNode } from "../flow";
import { agentWords, type BotTexts, botTexts } from "../wording/bot-texts";

/** A flow arranged for the engine's questions. */
export type FlowIndex = {
  node(id: string): FlowNode | undefined;
  /** The node behind an exit, if it leads anywhere. */
  target(from: string, exit: string): string | undefined;
  /** The command of normalised words: the flow's own, else the one for a person that every flow has. */
  command(words: string): FlowCommand | undefined;
  /** What the bot says of its own, in the flow's language. */
  texts: BotTexts;
};

const toPerson: FlowCommand = {
  words: [...agentWords],
  action: { kind: "handoff", area: null, message: null },
  resume: false,
};

function indexFlow(flow: Flow): FlowIndex {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const targets = new Map(flow.edges.map((edge) => [`${edge.from} ${edge.exit}`, edge.to]));
  const commands = new Map<string, FlowCommand>();
  for (const command of [...flow.commands, toPerson]) {
    for (const word of command.words) {
      const words = normaliseAnswer(word);
      if (!commands.has(words)) commands.set(words, command);
    }
  }
  return {
    node: (id) => nodes.get(id),
    target: (from, exit) => targets.get(`${from} ${exit}`),
    command: (words) => commands.get(words),
    texts: botTexts(flow.settings.language),
  };
}

const known = new WeakMap<Flow, FlowIndex>();

/** The flow's index, made once for each flow object: flows are never changed in place. */
export function flowIndex(flow: Flow): FlowIndex {
  const found = known.get(flow);
  if (found) return found;
  const made = indexFlow(flow);
  known.set(flow, made);
  return made;
}
