import { Form, Link, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { type FormProblem, PASSWORD_MIN } from "~/modules/accounts";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { PublicFrame } from "~/modules/accounts/ui/public-frame";
import { Button, buttonClass } from "~/ui/button";
import { PasswordField } from "~/ui/forms/password-field";
import { TextField } from "~/ui/forms/text-field";

type Invitation = { organisation: string; role: "agent" | "admin"; email: string | null };

function useRoleText(role: Invitation["role"]) {
  const { t } = useTranslation();
  return t(role === "admin" ? "accounts.invite.asAdmin" : "accounts.invite.asAgent");
}

/** Signing out here leads to the sign-in page; the link in the mail or chat is still there to open again. */
function UseAnotherAccount() {
  const { t } = useTranslation();
  return (
    <Form method="post" action="/logout">
      <Button type="submit">{t("accounts.invite.otherAccount")}</Button>
    </Form>
  );
}

type AcceptAsProps = { invitation: Invitation; name: string; problem?: FormProblem };

export function AcceptAs({ invitation, name, problem }: AcceptAsProps) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  const lead = useRoleText(invitation.role);
  return (
    <PublicFrame title={t("accounts.invite.title", { organisation: invitation.organisation })} lead={lead}>
      <div className="grid gap-4">
        <ProblemNote problem={problem} />
        <div className="flex flex-wrap gap-3">
          <Form method="post">
            <Button type="submit" name="intent" value="accept" variant="primary" busy={busy}>
              {t("accounts.invite.accept", { name })}
            </Button>
          </Form>
          <UseAnotherAccount />
        </div>
      </div>
    </PublicFrame>
  );
}

export function ForAnother({ invited, email }: { invited: string; email: string }) {
  const { t } = useTranslation();
  const lead = t("accounts.invite.otherAddress", { invited, email });
  return (
    <PublicFrame title={t("accounts.problems.invitation_other_address")} lead={lead}>
      <UseAnotherAccount />
    </PublicFrame>
  );
}

type CreateAndJoinProps = {
  invitation: Invitation;
  path: string;
  problem?: FormProblem;
  values?: Record<string, string>;
};

export function CreateAndJoin({ invitation, path, problem, values }: CreateAndJoinProps) {
  const { t } = useTranslation();
  const busy = useNavigation().state === "submitting";
  const problemOf = useFieldProblem(problem);
  const lead = `${useRoleText(invitation.role)} ${t("accounts.invite.createLead")}`;
  return (
    <PublicFrame title={t("accounts.invite.title", { organisation: invitation.organisation })} lead={lead}>
      <Form method="post" noValidate className="grid gap-4">
        <ProblemNote problem={problem} fields={["name", "email", "password"]} />
        <TextField
          label={t("accounts.name")}
          name="name"
          autoComplete="name"
          maxLength={80}
          defaultValue={values?.name}
          error={problemOf("name")}
        />
        <TextField
          label={t("accounts.email")}
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          defaultValue={invitation.email ?? values?.email}
          readOnly={invitation.email !== null}
          error={problemOf("email")}
        />
        <PasswordField
          label={t("accounts.password")}
          name="password"
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          hint={t("accounts.passwordHint", { min: PASSWORD_MIN })}
          error={problemOf("password")}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" name="intent" value="join" variant="primary" busy={busy}>
            {t("accounts.invite.create")}
          </Button>
          <Link to={`/login?next=${encodeURIComponent(path)}`} className={buttonClass("quiet")}>
            {t("accounts.invite.haveAccount")}
          </Link>
        </div>
      </Form>
    </PublicFrame>
  );
}

export function DeadInvitation() {
  const { t } = useTranslation();
  return (
    <PublicFrame title={t("accounts.invite.deadTitle")} lead={t("accounts.invite.deadLead")}>
      <Link to="/" className={buttonClass("quiet")}>
        {t("ui.goHome")}
      </Link>
    </PublicFrame>
  );
}
