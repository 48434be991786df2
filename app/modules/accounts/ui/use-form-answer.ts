import { useActionData, useNavigation } from "@remix-run/react";
import type { FormProblem } from "../forms/form-problem";

/** What marks one form among those of a page: its intent and, where several rows have it, the field that names the row. */
type Mark = Record<string, string>;
type Refusal = { problem: FormProblem; values: Mark };

const fits = (sent: Mark, intent: string, row: Mark) =>
  Object.entries({ ...row, intent }).every(([name, value]) => sent[name] === value);

const textsOf = (form: FormData): Mark =>
  Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : [])));

/** What became of a page's forms: which of them was refused and why, what stood in it, and which is on its way. */
export function useFormAnswer() {
  const answer = useActionData() as Partial<Refusal> | undefined;
  const sent = useNavigation().formData;
  const refusal = answer?.problem && answer.values ? (answer as Refusal) : undefined;
  const refusalOf = (intent: string, row: Mark) => (refusal && fits(refusal.values, intent, row) ? refusal : undefined);
  return {
    /** Whether any form was answered on the page: what was said of one before is old news then. */
    answered: answer !== undefined,
    problemOf: (intent: string, row: Mark = {}) => refusalOf(intent, row)?.problem,
    valuesOf: (intent: string, row: Mark = {}) => refusalOf(intent, row)?.values,
    isBusy: (intent: string, row: Mark = {}) => sent !== undefined && fits(textsOf(sent), intent, row),
  };
}
