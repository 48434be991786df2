import type { TraceEntry } from "../engine/run";
import type { Flow, FlowNode } from "../flow";
import { sampleBody } from "../nodes/http/sample-body";
import { isServerKind } from "../simulator/server-answer";
import type { Json } from "../wording/json";

/** What a run did at one event, and what the bot wrote then. */
export type RecordedEvent = { at: string; entries: readonly TraceEntry[]; said: readonly string[] };

/** How a line begins with which a node took the server's answer; others are the customer's words, or time. */
const BY_RESULT = new Set<TraceEntry["what"]>(["result", "said", "left"]);

type Left = { exit: string; detail: TraceEntry["detail"]; said: string | null };

/** How a node left at an event because the server had answered; null where it did not. */
function leftBy(node: string, { entries, said }: RecordedEvent): Left | null {
  const own = entries.filter((entry) => entry.node === node);
  const [first] = own;
  const left = own.find(({ what }) => what === "left");
  if (!first || !left || !BY_RESULT.has(first.what)) return null;
  const spoken = entries.filter(({ what }) => what === "said" || what === "asked");
  const place = spoken.findIndex((entry) => entry.node === node);
  return { exit: String(left.detail.exit), detail: first.detail, said: said[place] ?? null };
}

/** An answer of the server with which a node would leave as it did; null where none can be made up. */
function outputFor(node: FlowNode, { exit, detail, said }: Left, values: { [name: string]: Json }): Json {
  const { status, error, question } = detail;
  if (exit === "error") {
    const answered = typeof status === "number" && node.kind === "http";
    return answered ? { status, body: null } : { error: typeof error === "string" ? error : "failed" };
  }
  if (node.kind === "http") return exit === "ok" ? { status: 200, body: sampleBody(node.settings, values) } : null;
  if (exit === "unknown") return { answers: [] };
  if (exit === "unsure") return { unsure: true };
  if (exit !== "answered" || said === null) return null;
  if (node.kind === "ai_answer") return { answer: said, sources: [] };
  return {
    answers: [{ id: "recorded", question: typeof question === "string" ? question : said, answer: said, score: 1 }],
  };
}

/**
 * What the server answered a run, by node and in turn, as far as its trace tells: by the exits that were taken, the words
 * that were said and the values that the run was left with. A node is known up to its first answer that cannot be made up.
 * Pure.
 */
export function recordedOutputs(
  flow: Flow,
  events: readonly RecordedEvent[],
  values: { [name: string]: Json },
): { [node: string]: Json[] } {
  const asked = flow.nodes.filter(({ kind }) => isServerKind(kind));
  const outputs = asked.map((node): [string, Json[]] => {
    const known: Json[] = [];
    for (const event of events) {
      const [first] = event.entries.filter((entry) => entry.node === node.id);
      if (!first || !BY_RESULT.has(first.what)) continue;
      const left = leftBy(node.id, event);
      const output = left && outputFor(node, left, values);
      if (output === null) break;
      known.push(output);
    }
    return [node.id, known];
  });
  return Object.fromEntries(outputs.filter(([, known]) => known.length > 0));
}

/** Whether a run found a place open, or somebody there; undefined where it did not look. */
export function recordedFact(
  flow: Flow,
  events: readonly RecordedEvent[],
  kind: "hours" | "agents",
): boolean | undefined {
  const nodes = new Set(flow.nodes.filter((node) => node.kind === kind).map(({ id }) => id));
  const left = events
    .flatMap(({ entries }) => entries)
    .find(({ what, node }) => what === "left" && node !== null && nodes.has(node));
  return left && (left.detail.exit === "open" || left.detail.exit === "yes");
}
