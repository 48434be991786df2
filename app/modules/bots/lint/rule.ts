import type { ChannelKind, ChannelLimits } from "~/modules/channels";
import type { Flow, FlowNode } from "../flow";

/** What the linter knows besides the flow; what is left out is not checked. */
export type LintContext = {
  /** The channels that the flow answers on. */
  channels?: readonly { kind: ChannelKind; limits: ChannelLimits }[];
  /** Ids and names of the organisation's areas, and ids of its members. */
  areas?: readonly string[];
  members?: readonly string[];
  /** Ids of the organisation's flows. */
  flows?: readonly string[];
};

export type Severity = "error" | "warning";

/** `text` is one of the rule's own texts; `params` go into its `{name}`s. */
export type Finding<Text extends string = string> = {
  severity: Severity;
  node: string | null;
  text: Text;
  params: { [name: string]: string | number };
};

/** A flow arranged for the rules' questions. */
export type FlowGraph = {
  flow: Flow;
  context: LintContext;
  node(id: string): FlowNode | undefined;
  /** The nodes behind a node's exits. */
  after(id: string): readonly string[];
  leads(from: string, exit: string): boolean;
  /** Every node that the start or a command can reach. */
  reachable: ReadonlySet<string>;
};

/**
 * One thing that the linter looks for. `texts` are English, for the command line; screens translate the key
 * `bots.lint.<rule>.<text>` with the finding's params.
 */
export type LintRule<Text extends string = string> = {
  texts: Record<Text, string>;
  find(graph: FlowGraph): Finding<Text>[];
};

/** A rule whose findings can only use texts that it has. */
export const defineRule = <Text extends string>(
  texts: Record<Text, string>,
  find: LintRule<Text>["find"],
): LintRule<Text> => ({
  texts,
  find,
});
