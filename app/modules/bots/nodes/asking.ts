import { z } from "zod";
import { waitSeconds } from "../engine/flow-settings";
import type { Json } from "../wording/json";
import type { Exit, Next, NodeContext, Outcome } from "./define-node";
import { messageText } from "./fields";

/** What every asking node has besides its question. */
export const askingFields = {
  retry: z
    .array(messageText)
    .max(5)
    .default([])
    .meta({ description: "How it asks again, in turn; a wording equal to the question is left out." }),
  maxInvalid: z.number().int().min(1).max(10).nullable().default(null).meta({ description: "Null: the flow's." }),
  noAnswerAfterSeconds: waitSeconds.nullable().default(null).meta({ description: "Null: the flow's." }),
};

type Asking = { retry: string[]; maxInvalid: number | null; noAnswerAfterSeconds: number | null };

export const ASKING_EXITS = ["else", "no_answer"] as const;

export const askingExits: Exit[] = ASKING_EXITS.map((id) => ({ id, fallback: true }));

export const waitForAnswer = (asking: Asking, ctx: NodeContext, kept: Json): Next => ({
  do: "wait",
  for: "answer",
  seconds: asking.noAnswerAfterSeconds ?? ctx.flow.noAnswerAfterSeconds,
  kept,
});

export const onNoAnswer = (): Outcome => ({ next: { do: "leave", exit: "no_answer", because: "no_answer" } });

/** What was asked, so that asking again differs from it, and the bot's own words for asking again. */
type AskedBefore = { question: string; own: readonly string[] };

/** The wordings that ask again: the author's, then the bot's own, none of them the question itself or twice. */
function wordings(asking: Asking, ctx: NodeContext, { question, own }: AskedBefore): string[] {
  const all = [...asking.retry.map((text) => ctx.fill(text).trim()), ...own];
  return [...new Set(all)].filter((text) => text !== "" && text !== question);
}

/**
 * After an answer that fits nothing: asks again in other words, or leaves by `else` at the last one allowed.
 * @param again makes the question with the new wording
 */
export function onNotUnderstood(
  asking: Asking,
  ctx: NodeContext,
  asked: AskedBefore,
  again: (wording: string) => Outcome,
): Outcome {
  const attempts = ctx.attempts + 1;
  const detail = { attempts };
  if (attempts >= (asking.maxInvalid ?? ctx.flow.maxInvalid)) {
    return { misunderstood: true, detail, next: { do: "leave", exit: "else", because: "invalid_answers" } };
  }
  const choices = wordings(asking, ctx, asked);
  return { ...again(choices[ctx.attempts % choices.length] ?? asked.question), misunderstood: true, detail };
}
