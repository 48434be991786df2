import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { FormField } from "~/ui/forms/form-field";

const UNITS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;
type Unit = keyof typeof UNITS;
const NAMES = Object.keys(UNITS) as Unit[];

/** The largest unit in which a length of time is a whole number. */
function unitOf(seconds: number, least: number): Unit {
  if (seconds === 0) return least < 60 ? "second" : "minute";
  return NAMES.findLast((unit) => seconds % UNITS[unit] === 0) ?? "second";
}

type DurationControlProps = {
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  hideLabel?: boolean;
  value: unknown;
  nullable: boolean;
  /** In seconds: below a minute there is no need of seconds. */
  least: number;
  onChange(seconds: number | null): void;
};

/** A length of time, kept in seconds, written in the unit that people would use. */
export function DurationControl({ value, nullable, least, onChange, ...field }: DurationControlProps) {
  const { t } = useTranslation();
  const seconds = typeof value === "number" ? value : null;
  const [chosen, setUnit] = useState<Unit | null>(null);
  const unit = chosen ?? (seconds === null ? (least < 60 ? "second" : "hour") : unitOf(seconds, least));
  const units = NAMES.filter((one) => one !== "second" || least < 60);
  return (
    <FormField {...field}>
      {(control) => (
        <div className="flex gap-2">
          <input
            {...control}
            type="number"
            min={0}
            step="any"
            className="control min-w-0 flex-1"
            value={seconds === null ? "" : seconds / UNITS[unit]}
            onChange={({ target }) => {
              if (target.value !== "") onChange(Math.round(Number(target.value) * UNITS[unit]));
              else if (nullable) onChange(null);
            }}
          />
          <select
            aria-label={t("bots.editor.unit")}
            className="control w-auto"
            value={unit}
            onChange={({ target }) => {
              const next = target.value as Unit;
              setUnit(next);
              if (seconds !== null) onChange(Math.round((seconds / UNITS[unit]) * UNITS[next]));
            }}
          >
            {units.map((one) => (
              <option key={one} value={one}>
                {t(`bots.units.${one}`)}
              </option>
            ))}
          </select>
        </div>
      )}
    </FormField>
  );
}
