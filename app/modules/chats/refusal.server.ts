import { data } from "@remix-run/node";
import { AppError } from "~/platform/errors";

/** A refusal that the person can mend, as an action's answer; what no form can mend is thrown on. */
export function asRefusal(error: unknown) {
  if (!(error instanceof AppError) || (error.status !== 422 && error.status !== 403)) throw error;
  return data({ refused: error.code }, { status: error.status });
}
