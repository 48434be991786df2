import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

type Named = { id: string; name: string };
type Area = Named & {
  visibility: "open" | "members" | "private";
  replyMode: "claim" | "take_first" | "assignee_only";
  assignment: "manual" | "round_robin" | "least_loaded";
  cap: number;
  stickyDays: number;
  autoReturnMinutes: number | null;
  autoCloseHours: number | null;
  overflowAreaId: string | null;
  overflowMinutes: number | null;
  waitLimitMinutes: number;
};
type AreaSettingsProps = { area: Area; others: readonly Named[] };

const CHOICES = {
  visibility: ["open", "members", "private"],
  replyMode: ["claim", "take_first", "assignee_only"],
  assignment: ["manual", "round_robin", "least_loaded"],
} as const;

const NUMBERS = [
  { name: "cap", min: 1, max: 100, optional: false },
  { name: "stickyDays", min: 0, max: 365, optional: false },
  { name: "waitLimitMinutes", min: 1, max: 10_080, optional: false },
  { name: "autoReturnMinutes", min: 5, max: 10_080, optional: true },
  { name: "autoCloseHours", min: 1, max: 2_160, optional: true },
] as const;

/** The fields whose problem is said beside them. */
export const AREA_FIELDS = ["name", "overflowAreaId", "overflowMinutes", ...NUMBERS.map(({ name }) => name)];

/** Who sees an area's tickets, who gets them, and what the clock does with them. */
export function AreaSettings({ area, others }: AreaSettingsProps) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const errorOf = useFieldProblem(problemOf("update"));
  const values = valuesOf("update");
  return (
    <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
      <TextField
        label={t("admin.areas.name")}
        name="name"
        autoComplete="off"
        maxLength={60}
        defaultValue={values?.name ?? area.name}
        error={errorOf("name")}
      />
      {(["visibility", "replyMode", "assignment"] as const).map((name) => (
        <Select key={name} label={t(`admin.areas.${name}`)} name={name} defaultValue={values?.[name] ?? area[name]}>
          {CHOICES[name].map((one) => (
            <option key={one} value={one}>
              {t(`admin.${name}.${one}`)}
            </option>
          ))}
        </Select>
      ))}
      {NUMBERS.map(({ name, ...limits }) => (
        <TextField
          key={name}
          label={t(`admin.areas.numbers.${name}`)}
          hint={t(`admin.areas.hints.${name}`)}
          name={name}
          type="number"
          inputMode="numeric"
          {...limits}
          defaultValue={values?.[name] ?? area[name] ?? ""}
          error={errorOf(name)}
        />
      ))}
      <Select
        label={t("admin.areas.overflow")}
        hint={t("admin.areas.overflowHint")}
        name="overflowAreaId"
        defaultValue={values?.overflowAreaId ?? area.overflowAreaId ?? ""}
        error={errorOf("overflowAreaId")}
      >
        <option value="">{t("admin.areas.nowhere")}</option>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <TextField
        label={t("admin.areas.overflowMinutes")}
        name="overflowMinutes"
        type="number"
        inputMode="numeric"
        min={5}
        max={10_080}
        optional
        defaultValue={values?.overflowMinutes ?? area.overflowMinutes ?? ""}
        error={errorOf("overflowMinutes")}
      />
      <div>
        <Button type="submit" name="intent" value="update" variant="primary" busy={isBusy("update")}>
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}
