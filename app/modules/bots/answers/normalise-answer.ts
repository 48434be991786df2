const ACCENTS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const PLAIN = /^[a-z0-9]+$/;

/** Longer than any label or command word; what is longer is prose and equal to none of them. */
const LONGEST = 1000;

const unaccented = (text: string) => text.normalize("NFKD").replace(ACCENTS, "");

/**
 * A text as answers are compared: without case, accents, punctuation, emoji and double spaces. "¡Menú! 😀" is "menu",
 * "Ñandú" is "nandu", the keycap 2️⃣ and the full-width ２ are "2". Where nothing else is left (a label "👍"), the signs
 * themselves stand for it. "" for a text of more than 1,000 characters.
 */
export function normaliseAnswer(text: string): string {
  if (text.length > LONGEST) return "";
  if (PLAIN.test(text)) return text;
  // Twice, since lower case can bring accents of its own (İ).
  const words = unaccented(unaccented(text).toLowerCase()).replace(NOT_WORD, " ").trim();
  return words || text.normalize("NFC").trim();
}
