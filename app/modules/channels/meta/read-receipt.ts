import type { FailureReason, Receipt } from "../outbound-message";
import { classifyGraphError } from "./graph-errors";
import { idOf, objectOf, textOf } from "./loose-json";
import type { GraphAnswer } from "./post-graph.server";

type Failed = Extract<Receipt, { outcome: "failed" }>;
type Answered = Extract<GraphAnswer, { outcome: "answered" }>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const LONGEST_BACKOFF = 5 * MINUTE;
const LONGEST_PAIR_PAUSE = 60 * MINUTE;
/** WhatsApp's "too many messages to one user": its page asks for 4^n seconds, n from 0. */
const PAIR_RATE = 131056;

/** Doubles from one second to five minutes, plus up to half again, so that many that failed together do not return together. */
export function backoffMs(attempt: number, random: () => number): number {
  const base = Math.min(SECOND * 2 ** Math.min(attempt, 20), LONGEST_BACKOFF);
  return Math.round(base * (1 + random() / 2));
}

/** The pause that the answer's headers ask for, in milliseconds; 0 when they ask for none. */
export function pauseInHeaders(headers: Headers): number {
  const seconds = Number(headers.get("retry-after") ?? 0);
  const pauses = [seconds > 0 ? seconds * SECOND : 0];
  try {
    const usage: unknown = JSON.parse(headers.get("x-business-use-case-usage") ?? "{}");
    for (const limits of Object.values(objectOf(usage))) {
      for (const limit of Array.isArray(limits) ? limits : []) {
        const minutes = Number(objectOf(limit).estimated_time_to_regain_access);
        if (minutes > 0) pauses.push(minutes * MINUTE);
      }
    }
  } catch {
    // An unreadable header asks for nothing.
  }
  return Math.min(Math.max(...pauses), 24 * 60 * MINUTE);
}

function pauseAfterThrottle(code: number | undefined, headers: Headers, attempt: number, random: () => number): number {
  const asked = pauseInHeaders(headers);
  if (code === PAIR_RATE) return Math.max(asked, Math.min(4 ** Math.min(attempt, 10) * SECOND, LONGEST_PAIR_PAUSE));
  return Math.max(asked, backoffMs(attempt, random));
}

const STOPS: Partial<Record<FailureReason, "auth_dead" | "policy">> = { auth: "auth_dead", policy: "policy" };

function wordsOf(error: ReturnType<typeof objectOf>, status: number): string {
  const details = textOf(objectOf(error.error_data).details);
  const words = textOf(error.error_user_msg) ?? details ?? textOf(error.message) ?? `HTTP ${status}`;
  return words.slice(0, 500);
}

function refusal(answer: Answered, attempt: number, random: () => number): Receipt {
  const error = objectOf(objectOf(answer.json).error);
  const [code, subcode] = [idOf(error.code), idOf(error.error_subcode)];
  const reason = classifyGraphError({ code, subcode, type: error.type, httpStatus: answer.status });
  const text = wordsOf(error, answer.status);
  const trace = textOf(error.fbtrace_id);
  const named = { code: code ?? `http_${answer.status}`, text, ...(trace ? { trace } : {}) };
  if (reason === "transient") return { outcome: "unknown", ...named };
  const afterMs = pauseAfterThrottle(Number(code), answer.headers, attempt, random);
  const channel = STOPS[reason];
  return {
    outcome: "failed",
    reason,
    ...named,
    retry: reason === "throttled" ? { afterMs } : "no",
    ...(subcode ? { subcode } : {}),
    ...(channel ? { channel } : {}),
  } satisfies Failed;
}

/**
 * What an answer of a sending endpoint means. No endpoint has an idempotency key, so all that may have arrived is
 * `unknown`: server errors, codes 1 and 2, a cut connection, a success without an id. (Meta, "Graph API: handling errors")
 * @param accepted takes the message's id out of a successful answer
 */
export function readReceipt(
  answer: GraphAnswer,
  attempt: number,
  random: () => number,
  accepted: (json: unknown) => Extract<Receipt, { outcome: "sent" }> | undefined,
): Receipt {
  if (answer.outcome === "unclear") return { outcome: "unknown", code: answer.code, text: answer.text };
  if (answer.outcome === "not_sent") {
    const retry = { afterMs: backoffMs(attempt, random) };
    return { outcome: "failed", reason: "transient", code: answer.code, text: answer.text, retry };
  }
  const isError = objectOf(answer.json).error !== undefined || answer.status < 200 || answer.status > 299;
  if (isError) return refusal(answer, attempt, random);
  return accepted(answer.json) ?? { outcome: "unknown", code: "no_id", text: "The answer names no message." };
}

/** What is not sent at all, since it never could be. */
export const refused = (code: string, text: string): Receipt => ({
  outcome: "failed",
  reason: "request",
  code,
  text,
  retry: "no",
});
