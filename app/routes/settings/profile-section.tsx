import { Form, useNavigation } from "@remix-run/react";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

type ProfileProps = {
  own: { name: string; email: string; locale: string | null };
  problem?: FormProblem;
  done: boolean;
};

/** Name and language. The document is loaded anew, so that the whole page speaks the language at once. */
export function ProfileSection({ own, problem, done }: ProfileProps) {
  const { t } = useTranslation();
  const busy = useNavigation().formData?.get("intent") === "profile";
  const problemOf = useFieldProblem(problem);
  return (
    <Section id="profile" title={t("settings.profile.title")}>
      {done && <DoneNote>{t("settings.saved")}</DoneNote>}
      {problem?.field === "locale" && <ProblemNote problem={problem} />}
      <Form method="post" reloadDocument noValidate className="grid max-w-md gap-4">
        <TextField
          label={t("accounts.name")}
          name="name"
          autoComplete="name"
          maxLength={80}
          defaultValue={own.name}
          error={problemOf("name")}
        />
        <TextField label={t("accounts.email")} value={own.email} readOnly hint={t("settings.profile.emailHint")} />
        <Select label={t("settings.profile.language")} name="locale" defaultValue={own.locale ?? ""}>
          <option value="">{t("settings.profile.browserLanguage")}</option>
          {languages.map((tag) => (
            <option key={tag} value={tag} lang={tag}>
              {languageNames[tag]}
            </option>
          ))}
        </Select>
        <div>
          <Button type="submit" name="intent" value="profile" busy={busy}>
            {t("ui.save")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
