import { createContext, useContext } from "react";
import type { JsonSchema } from "../../../editing/complete-settings";
import type { EditorProblem } from "../state/problems";
import { type Path, pathKey } from "./value-at";

/** What every field of one form needs. */
export type Form = {
  /** Whose words the fields have: a kind of node, or what else is set. */
  of: string;
  root: JsonSchema;
  /** The step whose settings these are; none for what holds for a whole flow. */
  node?: string;
  /** What is wrong in it; paths begin at the form. */
  problems: readonly EditorProblem[];
  /** The field that was jumped to. */
  at: Path | null;
  change(path: Path, value: unknown): void;
};

const Context = createContext<Form | null>(null);
export const FormProvider = Context.Provider;

/** @throws Error outside of a form */
export function useForm(): Form {
  const form = useContext(Context);
  if (!form) throw new Error("this belongs into a form");
  return form;
}

/** The problem of exactly one field. */
export const problemAt = (form: Form, path: Path): EditorProblem | undefined =>
  form.problems.find((problem) => pathKey(problem.path) === pathKey(path));

/** Whether something is wrong at a path or below it. */
export const isWrongWithin = (form: Form, path: Path): boolean =>
  form.problems.some((problem) => path.every((key, i) => problem.path[i] === key));
