import type { BotContent, GuardState } from "./run";

/** Bot messages without an answer that moved the run. */
export const MOST_MESSAGES = 25;
/** The same text this often in a row, without such an answer, is one too many: the last of them is not sent. */
const REPEATED_TEXTS = 3;
/** Server work without such an answer: a circle of calls that says nothing would never end. */
export const MOST_WORKED = 25;
/** Nodes that one event may pass through. */
export const MOST_STEPS = 100;
/**
 * Customer messages that a conversation's runs take in a minute, in an hour and in a day: two bots that answer each other
 * well move for ever.
 */
export const MOST_HEARD_A_MINUTE = 20;
export const MOST_HEARD_AN_HOUR = 120;
export const MOST_HEARD_A_DAY = 500;
/** So near to those limits the other of two bots was, when one of them was cut and fell silent. */
const NEAR = 0.75;

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NEVER = { from: "", heard: 0 };

/** FNV-1a, 32 bits: tells texts apart without keeping them. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length}:${(hash >>> 0).toString(36)}`;
}

/** What of a message makes it the same as another. */
function wordsOf(content: BotContent): string {
  switch (content.kind) {
    case "text":
      return content.text;
    case "media":
      return [content.caption, JSON.stringify(content.source)].join("\n");
    case "card":
      return [content.title, content.text, ...content.items.map((item) => item.label)].join("\n");
    case "choice":
      return [content.body, content.page, ...content.items.map((item) => item.label)].join("\n");
  }
}

function countIn(
  window: GuardState["minute"],
  { now, at }: { now: string; at: number },
  lengthMs: number,
): GuardState["minute"] {
  const age = at - Date.parse(window.from);
  // A clock that went back begins a new window too; NaN is the first message's.
  return age >= 0 && age < lengthMs ? { ...window, heard: window.heard + 1 } : { from: now, heard: 1 };
}

/** Counts a customer's message; null when they come faster than a person writes. */
export function hear(guard: GuardState, now: string): GuardState | null {
  const moment = { now, at: Date.parse(now) };
  const minute = countIn(guard.minute, moment, MINUTE_MS);
  const hour = countIn(guard.hour, moment, HOUR_MS);
  const day = countIn(guard.day ?? NEVER, moment, DAY_MS);
  const heard = { ...guard, minute, hour, day };
  return nearest(heard) > 1 ? null : heard;
}

/** How far the fullest of the windows is; 1 is as many as a person may write. */
const nearest = ({ minute, hour, day }: GuardState): number =>
  Math.max(minute.heard / MOST_HEARD_A_MINUTE, hour.heard / MOST_HEARD_AN_HOUR, (day?.heard ?? 0) / MOST_HEARD_A_DAY);

/** Whether it was probably a bot that wrote: what was last counted came almost too fast. */
export const seemsBot = (guard: GuardState): boolean => nearest(guard) >= NEAR;

/** Counts something that the bot is about to say; null when it must not be said. */
export function speak(guard: GuardState, content: BotContent): GuardState | null {
  const last = fingerprint(wordsOf(content));
  const repeated = last === guard.last ? guard.repeated + 1 : 1;
  if (guard.said >= MOST_MESSAGES || repeated >= REPEATED_TEXTS) return null;
  return { ...guard, said: guard.said + 1, last, repeated };
}

/** Counts server work that is about to be asked for; null when it must not be. */
export function work(guard: GuardState): GuardState | null {
  const worked = (guard.worked ?? 0) + 1;
  return worked > MOST_WORKED ? null : { ...guard, worked };
}

/** The customer's answer moved the run. */
export const progress = (guard: GuardState): GuardState => ({ ...guard, said: 0, last: null, repeated: 0, worked: 0 });
