import type { Line } from "../simulator/simulation";
import type { Expected } from "./script";

const ENDS = ["handed_over", "closed", "not_answered"] as const;

/** What the customer has read in some lines, and how the conversation ended in them. */
export function heardIn(lines: readonly Line[]): Expected {
  const says = lines.flatMap((line) =>
    line.from === "bot" ? [{ text: line.text, choices: line.choices.map(({ label }) => label) }] : [],
  );
  const ends = ENDS.find((end) => lines.some((line) => line.from === "system" && line.what === end));
  return { says, ends: ends ?? null };
}
