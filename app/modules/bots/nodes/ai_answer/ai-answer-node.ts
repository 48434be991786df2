import { z } from "zod";
import type { Json } from "../../wording/json";
import { onNoAnswer } from "../asking";
import { defineNode, type Outcome } from "../define-node";
import {
  beginQuestion,
  hearQuestion,
  noAnswerExit,
  questioningFields,
  questioningTexts,
  stageOf,
} from "../questioning";

const settings = z.strictObject(questioningFields);

type AiSettings = z.output<typeof settings>;

/** What the runner answers: words that rest on the organisation's own, that it is not sure, or why there are none. */
export type AiResult = { answer: string; sources: string[] } | { unsure: true } | { error: string };

function onResult(output: Json): Outcome {
  const { answer, sources, unsure, error } = stageOf(output);
  if (typeof answer === "string" && answer.trim() !== "") {
    return {
      say: [{ content: { kind: "text", text: answer.trim() } }],
      detail: { sources: sources ?? [] },
      next: { do: "leave", exit: "answered" },
    };
  }
  if (unsure === true) return { next: { do: "leave", exit: "unsure" } };
  return { detail: { error: typeof error === "string" ? error : "failed" }, next: { do: "leave", exit: "error" } };
}

/** Lets the organisation's language model put its own answers into words that fit the question. */
export const aiAnswerNode = defineNode<AiSettings, "server">(settings, {
  family: "answer",
  initial: () => ({}),
  place: "server",
  waits: true,
  exits: () => [
    { id: "answered", fallback: false },
    { id: "unsure", fallback: false },
    { id: "error", fallback: true },
    noAnswerExit,
  ],
  enter: beginQuestion,
  receive(node, input, ctx) {
    const { stage } = stageOf(ctx.kept);
    if (input.type === "result") return onResult(input.output);
    if (input.type === "timer") return stage === "look" ? onResult({ error: "timeout" }) : onNoAnswer();
    return stage === "ask" ? hearQuestion(node, ctx, input, "unsure") : { next: { do: "ignore" } };
  },
  texts: questioningTexts,
  sets: (node) => (node.saveTo === null ? [] : [node.saveTo]),
  shows: (node) => questioningTexts(node).map((text) => ({ kind: "text", text })),
});
