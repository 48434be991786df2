import { Form, Link, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";
import { TextField } from "~/ui/forms/text-field";
import type { FormProblem } from "../forms/form-problem";
import { ProblemNote } from "./problem-note";

type SignInFormProps = { next: string; email?: string; problem?: FormProblem };

/** Address and password, posted to the sign-in page wherever it stands. */
export function SignInForm({ next, email, problem }: SignInFormProps) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  return (
    <Form method="post" action="/login" noValidate className="grid gap-4">
      <ProblemNote problem={problem} />
      <input type="hidden" name="next" value={next} />
      <TextField
        label={t("accounts.email")}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        defaultValue={email}
      />
      <PasswordField label={t("accounts.password")} name="password" autoComplete="current-password" />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button type="submit" variant="primary" busy={busy}>
          {t("accounts.signIn.submit")}
        </Button>
        <Link
          to="/reset"
          className="touch-target inline-flex items-center text-accent-text underline underline-offset-2"
        >
          {t("accounts.signIn.forgot")}
        </Link>
      </div>
    </Form>
  );
}
