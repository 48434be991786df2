import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { MyOrganisation } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { NoticeChoiceFields } from "~/modules/accounts/ui/notice-choice-fields";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";

/** What a member wants to be told aloud in the organisation that they work in now. */
export function NoticesSection({ here, done }: { here: MyOrganisation; done: boolean }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  return (
    <Section id="notices" title={t("notices.choice.title")} lead={t("notices.choice.lead", { name: here.name })}>
      {done && <DoneNote>{t("settings.saved")}</DoneNote>}
      <Form
        key={JSON.stringify(here.notices)}
        method="post"
        noValidate
        className="grid max-w-xl gap-4"
        preventScrollReset
      >
        <NoticeChoiceFields intent="notices" choice={here.notices} />
        <ProblemNote problem={problemOf("noticesOfAll")} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" name="intent" value="notices" busy={isBusy("notices")}>
            {t("ui.save")}
          </Button>
          {here.ownNotices && (
            <Button type="submit" variant="plain" name="intent" value="noticesOfAll" busy={isBusy("noticesOfAll")}>
              {t("notices.choice.asAll")}
            </Button>
          )}
        </div>
      </Form>
    </Section>
  );
}
