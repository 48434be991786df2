import { useTranslation } from "~/i18n/translation";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

const VISIBILITIES = ["open", "members", "private"] as const;
const REPLY_MODES = ["claim", "take_first", "assignee_only"] as const;

/** What a new area is asked for: its name, who sees its tickets, who answers. */
export function AreaFields() {
  const { t } = useTranslation();
  const { problemOf, valuesOf } = useFormAnswer();
  const errorOf = useFieldProblem(problemOf("create"));
  const values = valuesOf("create");
  return (
    <>
      <TextField
        label={t("admin.areas.name")}
        name="name"
        autoComplete="off"
        maxLength={60}
        defaultValue={values?.name}
        error={errorOf("name")}
      />
      <Select label={t("admin.areas.visibility")} name="visibility" defaultValue={values?.visibility ?? "members"}>
        {VISIBILITIES.map((one) => (
          <option key={one} value={one}>
            {t(`admin.visibility.${one}`)}
          </option>
        ))}
      </Select>
      <Select label={t("admin.areas.replyMode")} name="replyMode" defaultValue={values?.replyMode ?? "claim"}>
        {REPLY_MODES.map((one) => (
          <option key={one} value={one}>
            {t(`admin.replyMode.${one}`)}
          </option>
        ))}
      </Select>
    </>
  );
}
