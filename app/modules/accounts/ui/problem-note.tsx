import { CircleAlert } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "../forms/form-problem";
import { problemText } from "./problem-text";

/** What keeps a form from being taken, above its fields; a problem of one field is said there instead. */
export function ProblemNote({ problem, fields = [] }: { problem?: FormProblem; fields?: readonly string[] }) {
  const { i18n } = useTranslation();
  if (!problem || (problem.field && fields.includes(problem.field))) return null;
  return (
    <p role="alert" className="flex gap-2 rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{problemText(i18n, problem)}</span>
    </p>
  );
}

/** The text of the problem of one field, for the field itself. */
export function useFieldProblem(problem: FormProblem | undefined): (field: string) => string | undefined {
  const { i18n } = useTranslation();
  return (field) => (problem?.field === field ? problemText(i18n, problem) : undefined);
}
