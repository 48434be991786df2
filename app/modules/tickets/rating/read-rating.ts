import { RATING_CHOICES } from "./rating-words";

const STARS = /^[\u2605\u2b50\u{1f31f}]+$/u;
const DIGIT = /^([1-5])[\ufe0f\u20e3]*[.!]?$/u;

/** The 1 to 5 that a message says and nothing else: a choice that was picked, a digit, or so many stars; else null. */
export function readRating(message: { text: string; payload?: Record<string, unknown> | null }): number | null {
  const picked = (message.payload?.choice as { id?: unknown } | undefined)?.id;
  const words = message.text.trim();
  const choice = RATING_CHOICES.findIndex(({ id, label }) => id === picked || label === words);
  if (choice >= 0) return choice + 1;
  const digit = DIGIT.exec(words)?.[1];
  if (digit) return Number(digit);
  const stars = words.replaceAll(/\s|\ufe0f/gu, "");
  const count = STARS.test(stars) ? [...stars].length : 0;
  return count >= 1 && count <= 5 ? count : null;
}
