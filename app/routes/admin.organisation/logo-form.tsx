import { Form } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { Logo } from "~/ui/logo";

const KINDS = "image/png,image/jpeg,image/webp,image/gif,image/avif";
const MOST_BYTES = 4 * 1024 * 1024;

/** The picture by which customers know the organisation. */
export function LogoForm({ logo, done }: { logo: string | null; done: boolean }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const [tooLarge, setTooLarge] = useState(false);
  const problem = problemOf("logo");
  const errorOf = useFieldProblem(problem);
  return (
    <Section id="logo" title={t("admin.organisation.logo")} lead={t("admin.organisation.logoLead")}>
      {done && <DoneNote>{t("settings.saved")}</DoneNote>}
      <ProblemNote problem={problem ?? problemOf("removeLogo")} fields={["logo"]} />
      {logo && (
        <div className="flex flex-wrap items-center gap-4">
          <Logo src={logo} size="xl" />
          <Form method="post" preventScrollReset>
            <Button type="submit" size="sm" name="intent" value="removeLogo" busy={isBusy("removeLogo")}>
              {t("admin.organisation.removeLogo")}
            </Button>
          </Form>
        </div>
      )}
      <Form key={logo} method="post" encType="multipart/form-data" className="grid max-w-md gap-4" preventScrollReset>
        <TextField
          label={t(logo ? "admin.organisation.otherLogo" : "admin.organisation.pickLogo")}
          hint={t("admin.organisation.logoHint")}
          name="logo"
          type="file"
          accept={KINDS}
          onChange={(event) => setTooLarge((event.currentTarget.files?.[0]?.size ?? 0) > MOST_BYTES)}
          error={tooLarge ? t("errors.logo_too_large") : errorOf("logo")}
        />
        <div>
          <Button type="submit" name="intent" value="logo" busy={isBusy("logo")} disabled={tooLarge}>
            {t("admin.organisation.saveLogo")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
