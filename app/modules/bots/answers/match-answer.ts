import { normaliseAnswer } from "./normalise-answer";

/** One thing that a customer may choose. `payload` is what a tapped button sends back. */
export type Option = { id: string; label: string; payload: string; synonyms: readonly string[] };

/** A file that a customer sent, as a variable keeps it. */
export type AnswerFile = { id: string; kind: string; name: string | null; mime: string | null; url: string | null };
/** A place that a customer sent, in degrees. */
export type AnswerPlace = { latitude: number; longitude: number; name: string | null; address: string | null };

/**
 * What came in. Only `text` and `interactive` (a tapped button or list row) hold words that can answer; a sticker or a
 * voice note does not. Files and a place answer those who ask for them.
 */
export type Answer = {
  kind: string;
  text: string | null;
  payload: string | null;
  files?: readonly AnswerFile[];
  place?: AnswerPlace | null;
};

export type MatchedBy = "payload" | "label" | "synonym" | "number";
type Match = { option: Option; by: MatchedBy };

const ANSWERING_KINDS = new Set(["text", "interactive"]);
const NUMBER = /^\d{1,4}$/;

/** The answer's words as they are compared, or "" when it is of a kind that says nothing. */
export function answerWords(answer: Answer): string {
  return ANSWERING_KINDS.has(answer.kind) && answer.text ? normaliseAnswer(answer.text) : "";
}

function onlyOne(options: readonly Option[], fits: (option: Option) => boolean): Option | "several" | null {
  const found = options.filter(fits);
  if (found.length > 1) return "several";
  return found[0] ?? null;
}

function position(words: string, numberWords: readonly string[]): number {
  if (NUMBER.test(words)) return Number(words);
  return numberWords.findIndex((word) => normaliseAnswer(word) === words) + 1;
}

/**
 * Which option an answer means: the tapped payload, else the label, a synonym, or the number of its place (from 1; in
 * digits or as one of `numberWords`). Equality after normalising, never a guess: what fits two options fits none, and a
 * label outranks a number so that in a list of "5, 4, 3, 2, 1" the answer "5" is the first.
 */
export function matchAnswer(
  options: readonly Option[],
  answer: Answer,
  numberWords: readonly string[] = [],
): Match | null {
  if (answer.payload !== null && answer.kind === "interactive") {
    const tapped = options.find((option) => option.payload === answer.payload);
    if (tapped) return { option: tapped, by: "payload" };
  }
  const words = answerWords(answer);
  if (words === "") return null;
  const labelled = onlyOne(options, (option) => normaliseAnswer(option.label) === words);
  if (labelled === "several") return null;
  if (labelled) return { option: labelled, by: "label" };
  const known = onlyOne(options, (option) => option.synonyms.some((synonym) => normaliseAnswer(synonym) === words));
  if (known === "several") return null;
  if (known) return { option: known, by: "synonym" };
  const placed = options[position(words, numberWords) - 1];
  return placed ? { option: placed, by: "number" } : null;
}
