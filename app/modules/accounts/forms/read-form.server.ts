import { data } from "@remix-run/node";
import { z } from "zod";
import { AppError, invalid, retryAfterOf } from "~/platform/errors";
import { type FormProblem, fieldOfCode } from "./form-problem";

/** A form's fields by a schema; a field that stands several times becomes a list where `lists` names it. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  form: FormData,
  lists: readonly string[] = [],
): z.output<Schema> {
  const single = Object.fromEntries([...form.entries()].filter(([, value]) => typeof value === "string"));
  const several = Object.fromEntries(lists.map((name) => [name, form.getAll(name)]));
  const parsed = schema.safeParse({ ...single, ...several });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(issue?.message ?? "invalid", { field: String(issue?.path[0] ?? "") });
}

/** `""`, as a form sends an optional field that was left empty, becomes null. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? null : value), schema.nullable());

/** A whole number as a form sends it; an empty field is none, and no zero. */
export const wholeNumber = z
  .string("out_of_range")
  .trim()
  .regex(/^-?\d{1,9}$/, "out_of_range")
  .transform(Number);

const fieldOf = (problem: AppError) => (problem.data as { field?: string } | undefined)?.field;

/** What was written, for a page that is drawn anew without scripts; and which of its forms it was; never passwords and their like. */
function written(form: FormData | undefined): Record<string, string> {
  const entries = [...(form?.entries() ?? [])].filter(
    ([name, value]) => typeof value === "string" && !/password|secret|access_token/i.test(name),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value).slice(0, 5_000)]));
}

/**
 * A refusal that the person can mend, as an action's answer with its status; the page shows it by its form. What a form
 * cannot mend is thrown on.
 */
export function asFormProblem(error: unknown, form?: FormData) {
  if (!(error instanceof AppError) || !error.expected || (error.status === 401 && error.code === "unauthorized"))
    throw error;
  const field = fieldOf(error) ?? fieldOfCode(error.code);
  const problem: FormProblem = { code: error.code, field, retryAfterSeconds: retryAfterOf(error.data) };
  const headers = problem.retryAfterSeconds ? { "Retry-After": String(problem.retryAfterSeconds) } : undefined;
  return data({ problem, values: written(form) }, { status: error.status, headers });
}
