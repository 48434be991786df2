import { z } from "zod";
import { type Language, languages } from "~/i18n/languages";
import { answerWords } from "../answers/match-answer";
import type { Json } from "../wording/json";
import { askingFields, onNotUnderstood, waitForAnswer } from "./asking";
import type { Exit, NodeContext, NodeInput, Outcome } from "./define-node";
import { messageText, variableName } from "./fields";

/** What the nodes that answer the customer's own questions have in common. */
export const questioningFields = {
  question: messageText
    .nullable()
    .default(null)
    .meta({ description: "Asks for the question first; null: the customer's last words are it.", "x-control": "text" }),
  language: z
    .enum(languages)
    .nullable()
    .default(null)
    .meta({ description: "Of the answers that are looked through; null: the flow's." }),
  saveTo: variableName.nullable().default(null).meta({ description: "Where the customer's question goes." }),
  ...askingFields,
};

type Questioning = z.output<z.ZodObject<typeof questioningFields>>;

export const noAnswerExit: Exit = { id: "no_answer", fallback: true };

/** For a worker that died to be missed, the work to be done again, and the longest of such work. */
const RECOVERY_SECONDS = 150;

export type Looked = { text: string; language: Language };

/** Gives the question to the server; `kept` comes back with the result. */
export function lookUp(node: Questioning, ctx: NodeContext, said: string, more: Partial<Outcome> = {}): Outcome {
  const text = said.trim().slice(0, 500);
  const asked: Looked = { text, language: node.language ?? ctx.flow.language };
  return {
    ...more,
    ...(node.saveTo !== null && { set: { [node.saveTo]: text } }),
    next: { do: "wait", for: "result", input: asked, seconds: RECOVERY_SECONDS, kept: { stage: "look", text } },
  };
}

const questionOf = (node: Questioning, ctx: NodeContext) => ctx.fill(node.question ?? "").trim() || ctx.texts.question;

/** Asks, or takes the customer's last words where nothing is to be asked and there are some. */
export function beginQuestion(node: Questioning, ctx: NodeContext): Outcome {
  if (node.question === null && ctx.heard.trim() !== "") return lookUp(node, ctx, ctx.heard);
  const question = questionOf(node, ctx);
  return {
    say: [{ content: { kind: "text", text: question } }],
    next: waitForAnswer(node, ctx, { stage: "ask" }),
  };
}

/** Takes the question, or asks again for what is none, and at last leaves by `exit`. */
export function hearQuestion(
  node: Questioning,
  ctx: NodeContext,
  input: Extract<NodeInput, { type: "answer" }>,
  exit: string,
): Outcome {
  const question = questionOf(node, ctx);
  if (input.answer.text?.trim() && answerWords(input.answer) !== "") {
    const { text } = input.answer;
    return lookUp(node, ctx, text, { answered: { question, answer: text.slice(0, 200) } });
  }
  const outcome = onNotUnderstood(node, ctx, { question, own: ctx.texts.retry }, (wording) => ({
    say: [{ content: { kind: "text", text: wording } }],
    next: waitForAnswer(node, ctx, { stage: "ask" }),
  }));
  return outcome.next.do === "leave" ? { ...outcome, next: { ...outcome.next, exit } } : outcome;
}

/** At which point of it a question is: asked for, looked up, or being chosen among what it may mean. */
export function stageOf(kept: Json): { [name: string]: Json } {
  return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? kept : {};
}

export const questioningTexts = (node: Questioning): string[] => [
  ...(node.question === null ? [] : [node.question]),
  ...node.retry,
];
