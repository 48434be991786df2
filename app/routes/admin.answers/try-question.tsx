import { Form } from "@remix-run/react";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { FAQ_DEFAULTS } from "~/modules/bots";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

type Found = { id: string; question: string; score: number };
type TryQuestionProps = { asked: string; language: string; found: Found[] | null };

/** What a bot would do with a question: the answers that are like it, and how like. */
export function TryQuestion({ asked, language, found }: TryQuestionProps) {
  const { t } = useTranslation();
  return (
    <>
      <Form method="get" action="/admin/answers#try" className="flex flex-wrap items-end gap-2" preventScrollReset>
        <TextField
          className="min-w-56 flex-1"
          label={t("admin.answers.tryQuestion")}
          name="try"
          maxLength={500}
          autoComplete="off"
          defaultValue={asked}
        />
        <Select className="w-36" label={t("admin.answers.language")} name="language" defaultValue={language}>
          {languages.map((one) => (
            <option key={one} value={one}>
              {languageNames[one]}
            </option>
          ))}
        </Select>
        <Button type="submit">{t("admin.answers.try")}</Button>
      </Form>
      {found?.length === 0 && (
        <p role="status" className="text-ink-soft">
          {t("admin.answers.nothingLike")}
        </p>
      )}
      {found && found.length > 0 && (
        <ol className="grid max-w-3xl grid-cols-1" aria-label={t("admin.answers.found")}>
          {found.map(({ id, question, score }, place) => (
            <li key={id} className="flex items-center gap-3 border-line border-b py-2 last:border-b-0">
              <span className="w-12 shrink-0 text-right text-ink-soft tabular-nums">
                {t("admin.answers.score", { score: Math.round(score * 100) })}
              </span>
              <bdi className="wrap-anywhere min-w-0 flex-1">{question}</bdi>
              <Verdict score={score} best={place === 0} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** By the scores that a new FAQ node begins with. */
function Verdict({ score, best }: { score: number; best: boolean }) {
  const { t } = useTranslation();
  if (best && score >= FAQ_DEFAULTS.threshold) return <Badge tone="jungle">{t("admin.answers.verdict.answers")}</Badge>;
  if (score >= FAQ_DEFAULTS.suggestFrom) return <Badge tone="amber">{t("admin.answers.verdict.offers")}</Badge>;
  return <Badge>{t("admin.answers.verdict.ignores")}</Badge>;
}
