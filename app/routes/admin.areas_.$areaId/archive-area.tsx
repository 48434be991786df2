import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";

type ArchiveAreaProps = { others: readonly { id: string; name: string }[] };

/** Asks where that goes which an area still has before it is put away. */
export function ArchiveArea({ others }: ArchiveAreaProps) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const problem = problemOf("archive");
  return (
    <Section id="archive" title={t("admin.areas.archive")} lead={t("admin.areas.archiveLead")}>
      <ProblemNote problem={problem} />
      <Disclosure label={t("admin.areas.archive")} danger open={problem !== undefined}>
        <Form method="post" className="grid max-w-md gap-3" preventScrollReset>
          <Select label={t("admin.areas.archiveTo")} hint={t("admin.areas.archiveToHint")} name="toAreaId">
            <option value="">{t("admin.areas.nothingThere")}</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <p className="text-ink-soft text-sm">{t("admin.areas.archiveSure")}</p>
          <div>
            <Button type="submit" size="sm" variant="danger" name="intent" value="archive" busy={isBusy("archive")}>
              {t("admin.areas.archiveConfirm")}
            </Button>
          </div>
        </Form>
      </Disclosure>
    </Section>
  );
}
