import { Form, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { type FormProblem, PASSWORD_MIN } from "~/modules/accounts";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { Button } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";

type PasswordProps = { email: string; demo: boolean; problem?: FormProblem; done: boolean };

export function PasswordSection({ email, demo, problem, done }: PasswordProps) {
  const { t } = useTranslation();
  const busy = useNavigation().formData?.get("intent") === "password";
  const problemOf = useFieldProblem(problem);
  const isThrottled = problem?.code === "too_many_requests";
  const lead = demo ? t("settings.password.demo") : t("settings.password.lead");
  return (
    <Section id="password" title={t("settings.password.title")} lead={lead}>
      {done && <DoneNote>{t("settings.password.done")}</DoneNote>}
      {isThrottled && <ProblemNote problem={problem} />}
      <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
        {/* Password managers look for whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          label={t("settings.password.current")}
          name="currentPassword"
          autoComplete="current-password"
          error={problemOf("currentPassword")}
        />
        <PasswordField
          label={t("accounts.newPassword")}
          name="password"
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          hint={t("accounts.passwordHint", { min: PASSWORD_MIN })}
          error={problemOf("password")}
        />
        <div>
          <Button type="submit" name="intent" value="password" busy={busy}>
            {t("settings.password.submit")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
