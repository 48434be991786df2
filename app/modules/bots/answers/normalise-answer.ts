const ACCENTS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const NOT_ASCII_WORD = /[^a-z0-9]+/g;
const ASCII = /^[\x20-\x7e]*$/;

/** Longer than any label or command word; what is longer is prose and equal to none of them. */
const LONGEST = 1000;

const unaccented = (text: string) => text.normalize("NFKD").replace(ACCENTS, "").toLowerCase();

function wordsOf(text: string): string {
  const plain = ASCII.test(text) ? text.toLowerCase() : unaccented(text);
  // Most answers are plain by now. For the rest once more, since lower case can bring accents of its own (İ).
  if (ASCII.test(plain)) return plain.replace(NOT_ASCII_WORD, " ").trim();
  return unaccented(plain).replace(NOT_WORD, " ").trim();
}

/** What was compared lately: labels and command words again and again, and customers all say "hola". */
const known = new Map<string, string>();
const MOST_KNOWN = 5000;
const LONGEST_KNOWN = 80;

/**
 * A text as answers are compared: without case, accents, punctuation, emoji and double spaces. "¡Menú! 😀" is "menu",
 * "Ñandú" is "nandu", the keycap 2️⃣ and the full-width ２ are "2". Where nothing else is left (a label "👍"), the signs
 * themselves stand for it. "" for a text of more than 1,000 characters.
 */
export function normaliseAnswer(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (text.length > LONGEST) return "";
  const words = wordsOf(text) || text.normalize("NFC").trim();
  if (text.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, words);
  }
  return words;
}
