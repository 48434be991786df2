import type { FlowNode } from "../flow";
import type { FoundAnswer } from "../nodes/faq/faq-node";
import { sampleBody } from "../nodes/http/sample-body";
import type { Json } from "../wording/json";
import { own } from "../wording/json";

/** What the server may come to for a kind of node, by the ways that it goes on from there. */
export const SERVER_OUTCOMES = {
  http: ["answers", "fails"],
  faq: ["knows", "unknown"],
  ai_answer: ["knows", "unsure", "fails"],
} as const;

export type ServerKind = keyof typeof SERVER_OUTCOMES;
export type ServerOutcome = (typeof SERVER_OUTCOMES)[ServerKind][number];

export const isServerKind = (kind: string): kind is ServerKind => Object.hasOwn(SERVER_OUTCOMES, kind);

/** An answer of the server as people write it: `status` and `text` (JSON) of another server's, else `text` alone. */
export type ServerAnswer = { outcome: ServerOutcome; status: number; text: string };

const written = (value: Json): string => JSON.stringify(value, null, 2);

const read = (output: Json, name: string): Json | undefined =>
  typeof output === "object" && output !== null && !Array.isArray(output) ? own(output, name) : undefined;

/** What is suggested for a node that was never answered. */
export function firstAnswer(node: FlowNode | undefined): ServerAnswer {
  if (node?.kind === "http") return { outcome: "answers", status: 200, text: written(sampleBody(node.settings)) };
  return { outcome: "knows", status: 200, text: "" };
}

/** How people would have written an answer of the server. */
export function answerFrom(kind: ServerKind, output: Json): ServerAnswer {
  const failed = typeof read(output, "error") === "string";
  if (kind === "http") {
    const [status, body] = [read(output, "status"), read(output, "body") ?? null];
    if (failed || typeof status !== "number") return { outcome: "fails", status: 200, text: "{}" };
    return { outcome: "answers", status, text: written(body) };
  }
  if (kind === "faq") {
    const [best] = (read(output, "answers") ?? []) as FoundAnswer[];
    return { outcome: best ? "knows" : "unknown", status: 200, text: best?.answer ?? "" };
  }
  const text = read(output, "answer");
  if (typeof text === "string") return { outcome: "knows", status: 200, text };
  return { outcome: failed ? "fails" : "unsure", status: 200, text: "" };
}

function bodyOf(text: string): { body: Json } | null {
  try {
    return { body: text.trim() === "" ? null : (JSON.parse(text) as Json) };
  } catch {
    return null;
  }
}

/** What the node gets of it; null where the text is no JSON, or is missing. */
export function outputOf(kind: ServerKind, { outcome, status, text }: ServerAnswer): Json {
  switch (outcome) {
    case "answers": {
      const read = bodyOf(text);
      return read && { status, body: read.body };
    }
    case "fails":
      return { error: "timeout" };
    case "unsure":
      return { unsure: true };
    case "unknown":
      return { answers: [] };
    case "knows": {
      const answer = text.trim();
      if (answer === "") return null;
      return kind === "faq"
        ? { answers: [{ id: "by-hand", question: answer.slice(0, 100), answer, score: 1 }] }
        : { answer, sources: [] };
    }
  }
}

const joined = (pieces: Json | undefined): string =>
  (Array.isArray(pieces) ? pieces : []).map((piece) => (typeof piece === "string" ? piece : "•••")).join("");

/** What the server is asked, as people read it: the question, or the request without its secrets. */
export function askedWords({ kind, input }: { kind: string; input: Json }): string {
  if (kind !== "http") return String(read(input, "text") ?? "");
  const body = joined(read(input, "body"));
  return `${read(input, "method")} ${joined(read(input, "url"))}${body === "" ? "" : `\n${body}`}`;
}
