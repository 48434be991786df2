import { z } from "zod";
import { type Answer, matchAnswer } from "../../answers/match-answer";
import type { BotContent } from "../../engine/run";
import { FAQ_DEFAULTS } from "../../faq/faq-defaults";
import type { Json } from "../../wording/json";
import { onNoAnswer, waitForAnswer } from "../asking";
import { defineNode, type NodeContext, type Outcome } from "../define-node";
import { messageText } from "../fields";
import {
  beginQuestion,
  hearQuestion,
  lookUp,
  noAnswerExit,
  questioningFields,
  questioningTexts,
  stageOf,
} from "../questioning";

const score = z.number().min(0).max(1);

const settings = z.strictObject({
  ...questioningFields,
  threshold: score
    .default(FAQ_DEFAULTS.threshold)
    .meta({ description: "From this score on it answers.", "x-rare": true }),
  suggestFrom: score.default(FAQ_DEFAULTS.suggestFrom).meta({
    description: "From this score on it offers what may be meant; below it, the question is unknown.",
    "x-rare": true,
  }),
  didYouMean: messageText.nullable().default(null).meta({ description: "Null: the bot's own words." }),
  none: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .meta({ description: "The choice that means none of them; null: the bot's own words." }),
});

type FaqSettings = z.output<typeof settings>;

/** One of the organisation's answers, as the runner found it. */
export type FoundAnswer = { id: string; question: string; answer: string; score: number };

const MOST_OFFERED = 3;
const NONE = "none";
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim().slice(0, 200);

function foundOf(output: Json): FoundAnswer[] {
  const { answers } = stageOf(output);
  return Array.isArray(answers) ? (answers as FoundAnswer[]) : [];
}

function give(ctx: NodeContext, found: FoundAnswer, more: Partial<Outcome> = {}): Outcome {
  const text = ctx.fill(found.answer).trim();
  return {
    ...more,
    say: text === "" ? [] : [{ content: { kind: "text", text } }],
    detail: { answer: found.id, question: found.question, score: found.score },
    next: { do: "leave", exit: "answered" },
  };
}

/** What may be meant, as it was offered, and the way out of it. */
const offered = (node: FaqSettings, ctx: NodeContext, options: readonly FoundAnswer[]) => [
  ...options.map(({ question }, i) => ({ id: `${ctx.node}:${i}`, label: oneLine(question) })),
  { id: `${ctx.node}:${NONE}`, label: oneLine(node.none ?? "") || ctx.texts.noneOfThese },
];

function suggest(node: FaqSettings, ctx: NodeContext, options: FoundAnswer[]): Outcome {
  const content: BotContent = {
    kind: "choice",
    body: ctx.fill(node.didYouMean ?? "").trim() || ctx.texts.didYouMean,
    footer: null,
    button: ctx.texts.listButton,
    more: ctx.texts.more,
    items: offered(node, ctx, options).map((item) => ({ ...item, description: null })),
    page: 0,
  };
  return {
    say: [{ content }],
    detail: { offered: options.map(({ question }) => question), score: options[0]?.score ?? 0 },
    next: waitForAnswer(node, ctx, { stage: "pick", options }),
  };
}

function onFound(node: FaqSettings, ctx: NodeContext, found: FoundAnswer[]): Outcome {
  const [best] = found;
  if (best && best.score >= node.threshold) return give(ctx, best);
  const options = found.filter((one) => one.score >= node.suggestFrom).slice(0, MOST_OFFERED);
  if (options.length > 0) return suggest(node, ctx, options);
  return { detail: { score: best?.score ?? 0 }, next: { do: "leave", exit: "unknown" } };
}

function picked(node: FaqSettings, ctx: NodeContext, answer: Answer) {
  const kept = stageOf(ctx.kept);
  if (kept.stage !== "pick" || !Array.isArray(kept.options)) return null;
  const options = kept.options as FoundAnswer[];
  const choices = offered(node, ctx, options).map((item) => ({ ...item, payload: item.id, synonyms: [] }));
  const match = matchAnswer(choices, answer, ctx.texts.numberWords);
  if (!match) return null;
  return { found: options[choices.findIndex(({ id }) => id === match.option.id)] ?? null, label: match.option.label };
}

/** After "did you mean": one of them, none of them, or the question in other words. */
function onPicked(node: FaqSettings, ctx: NodeContext, answer: Answer): Outcome {
  const pick = picked(node, ctx, answer);
  if (pick?.found) return give(ctx, pick.found, { answered: { question: ctx.texts.didYouMean, answer: pick.label } });
  if (pick) return { next: { do: "leave", exit: "unknown" } };
  const again = answer.text?.trim() && ctx.attempts + 1 < (node.maxInvalid ?? ctx.flow.maxInvalid);
  if (again) return lookUp(node, ctx, answer.text ?? "", { misunderstood: true });
  return { misunderstood: true, next: { do: "leave", exit: "unknown", because: "invalid_answers" } };
}

/** Answers with the organisation's own answers, or asks which of them is meant. */
export const faqNode = defineNode<FaqSettings, "server">(settings, {
  family: "answer",
  initial: () => ({}),
  place: "server",
  waits: true,
  exits: () => [{ id: "answered", fallback: false }, { id: "unknown", fallback: false }, noAnswerExit],
  enter: beginQuestion,
  receive(node, input, ctx) {
    const { stage } = stageOf(ctx.kept);
    if (input.type === "result") return onFound(node, ctx, foundOf(input.output));
    if (input.type === "timer") return stage === "look" ? onFound(node, ctx, []) : onNoAnswer();
    if (stage === "pick") return onPicked(node, ctx, input.answer);
    return stage === "ask" ? hearQuestion(node, ctx, input, "unknown") : { next: { do: "ignore" } };
  },
  claims: (node, answer, ctx) => picked(node, ctx, answer) !== null,
  texts: (node) => [...questioningTexts(node), ...(node.didYouMean === null ? [] : [node.didYouMean])],
  sets: (node) => (node.saveTo === null ? [] : [node.saveTo]),
  shows: (node) => questioningTexts(node).map((text) => ({ kind: "text", text })),
});
