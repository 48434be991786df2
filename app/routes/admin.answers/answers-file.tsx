import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { AnswersImported } from "~/modules/bots/index.server";
import { Button } from "~/ui/button";
import { DownloadForm } from "~/ui/download-form";

/** As many wrong lines as a page shows. */
const MOST_SHOWN = 50;

/** Answers out of a file, tried first if wanted, and into one. */
export function AnswersFile({ report, total }: { report: AnswersImported | null; total: number }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  return (
    <div className="grid max-w-2xl grid-cols-1 gap-4">
      <ProblemNote problem={problemOf("try_file") ?? problemOf("import")} />
      <Form method="post" encType="multipart/form-data" className="grid grid-cols-1 gap-3" preventScrollReset>
        <label className="grid gap-1.5 font-medium text-sm">
          {t("admin.answers.file")}
          <input type="file" name="file" accept=".csv,text/csv" required className="max-w-full font-normal" />
        </label>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" name="intent" value="try_file" busy={isBusy("try_file")}>
            {t("admin.answers.tryFile")}
          </Button>
          <Button type="submit" name="intent" value="import" variant="primary" busy={isBusy("import")}>
            {t("admin.answers.importFile")}
          </Button>
        </div>
      </Form>
      {report && <Report report={report} />}
      {total > 0 && <DownloadForm action="/admin/answers/csv">{t("admin.answers.export")}</DownloadForm>}
    </div>
  );
}

function Report({ report: { dryRun, lines, created, changed, problems } }: { report: AnswersImported }) {
  const { t } = useTranslation();
  const counts = { lines, created, changed, wrong: problems.length };
  return (
    <div role="status" className="grid grid-cols-1 gap-2">
      <p className="font-medium">{t(dryRun ? "admin.answers.tried" : "admin.answers.imported", counts)}</p>
      <ul className="grid grid-cols-1 gap-1 text-sm">
        {problems.slice(0, MOST_SHOWN).map(({ line, column, code }) => (
          <li key={`${line} ${code}`} className="wrap-anywhere">
            {t("admin.answers.wrongLine", { line })} {column && <code>{column}</code>}{" "}
            {t([`errors.${code}`, "errors.invalid"])}
          </li>
        ))}
      </ul>
      {problems.length > MOST_SHOWN && (
        <p className="text-ink-soft text-sm">{t("admin.answers.moreWrong", { count: problems.length - MOST_SHOWN })}</p>
      )}
    </div>
  );
}
