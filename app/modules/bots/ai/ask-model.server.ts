import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Language } from "~/i18n/languages";
import { inScope } from "~/platform/db.server";
import { FetchRefusal, type GuardedFetch, guardedFetch } from "~/platform/guarded-fetch/index.server";
import { seal, unseal } from "~/platform/secrets/seal.server";
import { schema } from "~db/index.server";
import { matchQuestions } from "../faq/match-questions.server";
import type { AiResult } from "../nodes/ai_answer/ai-answer-node";
import { type AiEndpointRow, reserveUse, settleUse } from "./count-use.server";
import { promptOf, readVerdict } from "./read-verdict";

const PURPOSE = "ai-key";

/** The model's key as it is stored: bound to the organisation's row (TK2). */
export const sealKey = (orgId: string, key: string): Buffer => seal(PURPOSE, orgId, key);

/** Answers given to the model, and how like the question they have to be at least. */
const MOST_GROUND = 5;
const LEAST_SCORE = 0.1;
const LONGEST_GROUND = 2_000;
/** A token is a few letters of these languages; what is reserved must not be too little. */
const LETTERS_A_TOKEN = 2;
const ANSWER_BYTES = 262_144;

const tokens = z.number().nonnegative().max(10_000_000);
const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish(),
});

type Question = { orgId: string; language: Language; text: string };

/**
 * Asks the organisation's language model, with its own answers as the only ground. Without answers like the question, or
 * without an endpoint that is on, nobody is asked and nothing counted.
 * @param ask how the endpoint is asked: tests have their own internet
 */
export async function askModel(
  { orgId, language, text }: Question,
  ask: GuardedFetch = guardedFetch,
): Promise<AiResult> {
  const [endpoint, found] = await inScope({ orgId }, async (tx) => {
    const { aiEndpoint } = schema;
    const [row] = await tx.select().from(aiEndpoint).where(eq(aiEndpoint.orgId, orgId));
    return [row, row?.enabled ? await matchQuestions(tx, { orgId, language, text, limit: MOST_GROUND }) : []] as const;
  });
  if (!endpoint?.enabled) return { error: "off" };
  const ground = found
    .filter(({ score }) => score >= LEAST_SCORE)
    .map(({ question, answer }) => ({ question, answer: answer.slice(0, LONGEST_GROUND) }));
  if (ground.length === 0) return { unsure: true };
  const messages = promptOf(text, language, ground);
  const letters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const mostIn = Math.ceil(letters / LETTERS_A_TOKEN);
  const reserved = await reserveUse(endpoint, mostIn);
  if (!reserved.ok) return { error: reserved.error };
  const answered = await complete(endpoint, messages, ask);
  if ("error" in answered) {
    // Who did not answer has hardly charged for it; the question stays counted.
    await settleUse(endpoint, reserved, { tokensIn: 0, tokensOut: 0 });
    return answered;
  }
  const { prompt_tokens = mostIn, completion_tokens = endpoint.mostTokens } = answered.usage ?? {};
  await settleUse(endpoint, reserved, { tokensIn: Math.ceil(prompt_tokens), tokensOut: Math.ceil(completion_tokens) });
  return readVerdict(answered.choices[0]?.message.content ?? "", ground);
}

async function complete(
  endpoint: AiEndpointRow,
  messages: ReturnType<typeof promptOf>,
  ask: GuardedFetch,
): Promise<z.output<typeof completion> | { error: string }> {
  const { orgId, baseUrl, model, sealedKey, mostTokens, timeoutSeconds } = endpoint;
  const key = sealedKey && String(unseal(PURPOSE, orgId, sealedKey));
  try {
    const answer = await ask(`${baseUrl.replace(/\/+$/, "")}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({
        ...{ model, messages, max_tokens: mostTokens, temperature: 0 },
        response_format: { type: "json_object" },
      }),
      timeoutMs: timeoutSeconds * 1_000,
      maxBytes: ANSWER_BYTES,
    });
    if (answer.status !== 200) return { error: `http_${answer.status}` };
    const read = completion.safeParse(JSON.parse(answer.body.toString("utf8")));
    return read.success ? read.data : { error: "answer_invalid" };
  } catch (error) {
    if (error instanceof FetchRefusal) return { error: error.code };
    if (error instanceof SyntaxError) return { error: "answer_invalid" };
    throw error;
  }
}
