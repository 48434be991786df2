import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { CopyField } from "~/modules/accounts/ui/copy-field";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { AreaChecks } from "./area-checks";

type Invited = { link: string; email: string | null };
type InviteFormProps = {
  areas: readonly { id: string; name: string }[];
  mails: boolean;
  invited?: Invited;
};

export function InviteForm({ areas, mails, invited }: InviteFormProps) {
  const { t } = useTranslation();
  const answer = useFormAnswer();
  const values = answer.valuesOf("invite");
  const problemOf = useFieldProblem(answer.problemOf("invite"));
  return (
    <Section id="invite" title={t("admin.invite.title")} lead={t("admin.invite.lead")}>
      {invited && <InvitationMade invited={invited} mails={mails} />}
      <ProblemNote problem={answer.problemOf("invite")} fields={["email"]} />
      <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
        <TextField
          label={t("accounts.email")}
          name="email"
          type="email"
          autoComplete="off"
          maxLength={254}
          optional
          hint={t(mails ? "admin.invite.emailHintMail" : "admin.invite.emailHint")}
          defaultValue={values?.email}
          error={problemOf("email")}
        />
        <Select label={t("admin.members.role")} name="role" defaultValue={values?.role ?? "agent"}>
          <option value="agent">{t("settings.role.agent")}</option>
          <option value="admin">{t("settings.role.admin")}</option>
        </Select>
        <AreaChecks areas={areas} chosen={areas.length === 1 ? areas.map(({ id }) => id) : []} />
        <div>
          <Button type="submit" name="intent" value="invite" variant="primary" busy={answer.isBusy("invite")}>
            {t("admin.invite.submit")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

function InvitationMade({ invited, mails }: { invited: Invited; mails: boolean }) {
  const { t } = useTranslation();
  const { link, email } = invited;
  return (
    <div className="grid max-w-[40rem] gap-3">
      <DoneNote>
        {t("admin.invite.made")} {mails && email && t("admin.invite.mailed", { email })}
      </DoneNote>
      <CopyField label={t("admin.invite.link")} text={link} />
    </div>
  );
}
