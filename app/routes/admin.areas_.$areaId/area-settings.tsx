import { Form, useNavigation } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
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
type AreaSettingsProps = { area: Area; others: readonly Named[]; problem?: FormProblem };

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
export function AreaSettings({ area, others, problem }: AreaSettingsProps) {
  const { t } = useTranslation();
  const busy = useNavigation().formData?.get("intent") === "update";
  const problemOf = useFieldProblem(problem);
  return (
    <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
      <TextField
        label={t("admin.areas.name")}
        name="name"
        autoComplete="off"
        maxLength={60}
        defaultValue={area.name}
        error={problemOf("name")}
      />
      {(["visibility", "replyMode", "assignment"] as const).map((name) => (
        <Select key={name} label={t(`admin.areas.${name}`)} name={name} defaultValue={area[name]}>
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
          defaultValue={area[name] ?? ""}
          error={problemOf(name)}
        />
      ))}
      <Select
        label={t("admin.areas.overflow")}
        hint={t("admin.areas.overflowHint")}
        name="overflowAreaId"
        defaultValue={area.overflowAreaId ?? ""}
        error={problemOf("overflowAreaId")}
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
        defaultValue={area.overflowMinutes ?? ""}
        error={problemOf("overflowMinutes")}
      />
      <div>
        <Button type="submit" name="intent" value="update" variant="primary" busy={busy}>
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}
