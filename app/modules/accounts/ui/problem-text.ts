import type { i18n } from "i18next";
import type { FormProblem } from "../forms/form-problem";
import { PASSWORD_MAX, PASSWORD_MIN } from "../passwords/password-limits";

function waitText({ t }: i18n, seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 100
    ? t("accounts.wait.seconds", { count: seconds })
    : t("accounts.wait.minutes", { count: minutes });
}

/** A problem in the reader's words. */
export function problemText(i18n: i18n, problem: FormProblem): string {
  const { t } = i18n;
  const { code, retryAfterSeconds } = problem;
  if (retryAfterSeconds) return `${t("errors.title.too_many_requests")}. ${waitText(i18n, retryAfterSeconds)}`;
  if (i18n.exists(`accounts.problems.${code}`)) {
    return t(`accounts.problems.${code}`, { min: PASSWORD_MIN, max: PASSWORD_MAX });
  }
  return t(i18n.exists(`errors.${code}`) ? `errors.${code}` : "errors.invalid");
}
