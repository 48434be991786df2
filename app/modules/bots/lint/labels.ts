import { normaliseAnswer } from "../answers/normalise-answer";
import { definitionOf } from "../flow";
import type { OptionWords } from "../nodes/define-node";
import { defineRule, type Finding } from "./rule";

type Text = "empty" | "duplicate" | "ambiguous" | "number";

const isNumber = (words: string) => /^\d+$/.test(words);

/** The words by which options are known, with the places (from 0) that know them. */
function placesByWord(options: readonly OptionWords[], wordsOf: (option: OptionWords) => readonly string[]) {
  const places = new Map<string, Set<number>>();
  for (const [place, option] of options.entries()) {
    for (const word of wordsOf(option).map(normaliseAnswer))
      places.set(word, (places.get(word) ?? new Set()).add(place));
  }
  return places;
}

const shared = (places: Map<string, Set<number>>) =>
  [...places].flatMap(([word, at]) => (word !== "" && at.size > 1 ? [word] : []));

function check(node: string, options: readonly OptionWords[]): Finding<Text>[] {
  const labels = placesByWord(options, (option) => [option.label]);
  const duplicates = shared(labels);
  const ambiguous = shared(placesByWord(options, (option) => option.synonyms)).filter((word) => !labels.has(word));
  const numbers = options.filter(
    ({ label }, i) => isNumber(normaliseAnswer(label)) && Number(normaliseAnswer(label)) !== i + 1,
  );
  return [
    ...(labels.has("") ? [{ severity: "error" as const, node, text: "empty" as const, params: {} }] : []),
    ...duplicates.map((label) => ({ severity: "error" as const, node, text: "duplicate" as const, params: { label } })),
    ...ambiguous.map((word) => ({ severity: "warning" as const, node, text: "ambiguous" as const, params: { word } })),
    ...numbers.map(({ label }) => ({ severity: "warning" as const, node, text: "number" as const, params: { label } })),
  ];
}

/** Choices that a customer's answer could not tell apart. */
export const labels = defineRule<Text>(
  {
    empty: "An item has a label without a letter or sign.",
    duplicate: "Two items read alike: “{label}”. An answer could not tell them apart.",
    ambiguous: "“{word}” is a synonym of two items, so it chooses none.",
    number: "The label “{label}” is a number, but not the number of its place.",
  },
  ({ flow }) => flow.nodes.flatMap((node) => check(node.id, definitionOf(node).options?.(node.settings) ?? [])),
);
