import { Form, Link, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { type FormProblem, PASSWORD_MIN } from "~/modules/accounts";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { PublicFrame } from "~/modules/accounts/ui/public-frame";
import { Button, buttonClass } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";
import { TextField } from "~/ui/forms/text-field";

function BackToSignIn() {
  const { t } = useTranslation();
  return (
    <Link to="/login" className="touch-target inline-flex items-center text-accent-text underline underline-offset-2">
      {t("accounts.reset.backToSignIn")}
    </Link>
  );
}

export function AskForLink({ mails, problem }: { mails: boolean; problem?: FormProblem }) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  if (!mails) {
    return (
      <PublicFrame title={t("accounts.reset.title")} lead={t("accounts.reset.leadNoMail")}>
        <BackToSignIn />
      </PublicFrame>
    );
  }
  return (
    <PublicFrame title={t("accounts.reset.title")} lead={t("accounts.reset.lead")}>
      <Form method="post" noValidate className="grid gap-4">
        <ProblemNote problem={problem} />
        <TextField
          label={t("accounts.email")}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Button type="submit" name="intent" value="request" variant="primary" busy={busy}>
            {t("accounts.reset.submit")}
          </Button>
          <BackToSignIn />
        </div>
      </Form>
    </PublicFrame>
  );
}

export function LinkSent() {
  const { t } = useTranslation();
  return (
    <PublicFrame title={t("accounts.reset.sentTitle")} lead={t("accounts.reset.sentLead")}>
      <BackToSignIn />
    </PublicFrame>
  );
}

export function DeadLink() {
  const { t } = useTranslation();
  return (
    <PublicFrame title={t("accounts.reset.deadTitle")} lead={t("accounts.reset.deadLead")}>
      <Link to="/reset" className={buttonClass("primary")}>
        {t("accounts.reset.again")}
      </Link>
    </PublicFrame>
  );
}

export function ChoosePassword({ token, problem }: { token: string; problem?: FormProblem }) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  const problemOf = useFieldProblem(problem);
  return (
    <PublicFrame title={t("accounts.reset.chooseTitle")} lead={t("accounts.reset.chooseLead")}>
      <Form method="post" noValidate className="grid gap-4">
        <ProblemNote problem={problem} fields={["password"]} />
        <input type="hidden" name="token" value={token} />
        <PasswordField
          label={t("accounts.newPassword")}
          name="password"
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          hint={t("accounts.passwordHint", { min: PASSWORD_MIN })}
          error={problemOf("password")}
        />
        <div>
          <Button type="submit" name="intent" value="complete" variant="primary" busy={busy}>
            {t("accounts.reset.chooseSubmit")}
          </Button>
        </div>
      </Form>
    </PublicFrame>
  );
}
