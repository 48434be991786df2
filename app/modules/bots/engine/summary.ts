import type { CollectedAnswer } from "./run";

/** A question may be a whole text; the note needs its gist. */
const LONGEST_QUESTION = 120;

function gist(question: string): string {
  const line = question.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST_QUESTION ? line : `${line.slice(0, LONGEST_QUESTION - 1).trimEnd()}…`;
}

/** A question mark needs no colon after it. */
const asLead = (question: string): string => (/[?!…]$/.test(question) ? question : `${question.replace(/:$/, "")}:`);

/** What the customer answered, a line each, for the staff note that goes with the ticket. */
export const answerLines = (answers: readonly CollectedAnswer[]): string[] =>
  answers.map(({ question, answer }) => `${asLead(gist(question))} ${answer}`);
