import { useTranslation } from "~/i18n/translation";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";
import { WEBHOOK_EVENTS } from "../webhook-fields";

type WebhookFieldsProps = { intent: string; webhook?: { url: string; events: string[]; notes: boolean } };

/** Where it leads and what it tells, of a new one or of one that is there. */
export function WebhookFields({ intent, webhook }: WebhookFieldsProps) {
  const { t } = useTranslation();
  const { problemOf, valuesOf } = useFormAnswer();
  const problem = problemOf(intent);
  const errorOf = useFieldProblem(problem);
  return (
    <>
      <ProblemNote problem={problem} fields={["url"]} />
      <TextField
        label={t("admin.webhooks.url")}
        hint={t("admin.webhooks.urlHint")}
        name="url"
        type="url"
        inputMode="url"
        placeholder="https://"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={1000}
        defaultValue={valuesOf(intent)?.url ?? webhook?.url}
        error={errorOf("url")}
      />
      <fieldset>
        <legend className="font-medium text-sm">{t("admin.webhooks.events")}</legend>
        <div className="grid gap-x-5 sm:grid-cols-2">
          {WEBHOOK_EVENTS.map((event) => (
            <Checkbox
              key={event}
              name="events"
              value={event}
              label={t(`admin.webhooks.event.${event.replace(".", "_")}`)}
              hint={<code>{event}</code>}
              defaultChecked={webhook ? webhook.events.includes(event) : event !== "message.edited"}
            />
          ))}
        </div>
      </fieldset>
      <Checkbox
        name="notes"
        label={t("admin.webhooks.notes")}
        hint={t("admin.webhooks.notesHint")}
        defaultChecked={webhook?.notes ?? false}
      />
    </>
  );
}
