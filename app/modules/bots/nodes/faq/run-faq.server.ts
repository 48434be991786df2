import { inScope } from "~/platform/db.server";
import { matchQuestions } from "../../faq/match-questions.server";
import type { Json } from "../../wording/json";
import type { Looked } from "../questioning";
import type { CallScope } from "../runners.server";

/** More than are ever offered: the trace tells which others there were. */
const MOST_FOUND = 5;

/** The runner of FAQ nodes: the organisation's answers most like the question, best first. */
export async function runFaq(input: Json, { orgId }: CallScope): Promise<Json> {
  const { text, language } = input as Looked;
  const asked = { orgId, language, text, limit: MOST_FOUND };
  return { answers: await inScope({ orgId }, (tx) => matchQuestions(tx, asked)) };
}
