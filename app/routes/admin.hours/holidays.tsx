import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { AreaBadge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { useDateReader } from "~/ui/time";

type Holiday = { id: string; day: string; name: string; spans: [string, string][]; areaId: string | null };
type HolidaysProps = {
  holidays: Holiday[];
  areas: { id: string; name: string }[];
  /** Whose hours are looked at; "" for everybody's. */
  area: string;
  done: boolean;
};

/** The days on which the week does not count. */
export function Holidays({ holidays, areas, area, done }: HolidaysProps) {
  const { t } = useTranslation();
  return (
    <Section id="holidays" title={t("admin.hours.holidays")} lead={t("admin.hours.holidaysLead")}>
      {done && <DoneNote>{t("settings.saved")}</DoneNote>}
      {holidays.length === 0 && <p className="text-ink-soft">{t("admin.hours.noHolidays")}</p>}
      <ul className="grid max-w-3xl grid-cols-1">
        {holidays.map((holiday) => (
          <HolidayRow key={holiday.id} holiday={holiday} area={areas.find(({ id }) => id === holiday.areaId)?.name} />
        ))}
      </ul>
      <AddHoliday areas={areas} area={area} />
    </Section>
  );
}

function HolidayRow({ holiday, area }: { holiday: Holiday; area?: string }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const { problemOf, isBusy } = useFormAnswer();
  const { id, day, name, spans } = holiday;
  // A day of the calendar is the same in every zone.
  const shown = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(new Date(day));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        <p className="text-ink-soft text-sm" suppressHydrationWarning>
          {shown} · {spans.map((span) => span.join(" – ")).join(", ") || t("admin.hours.closed")}
        </p>
      </div>
      {area && <AreaBadge name={area} />}
      <Form method="post" preventScrollReset>
        <input type="hidden" name="holidayId" value={id} />
        <Button
          type="submit"
          size="sm"
          name="intent"
          value="remove"
          busy={isBusy("remove", { holidayId: id })}
          aria-label={t("admin.hours.removeHoliday", { name })}
        >
          {t("admin.hours.remove")}
        </Button>
      </Form>
      <div className="basis-full empty:hidden">
        <ProblemNote problem={problemOf("remove", { holidayId: id })} />
      </div>
    </li>
  );
}

function AddHoliday({ areas, area }: Pick<HolidaysProps, "areas" | "area">) {
  const { t } = useTranslation();
  const answer = useFormAnswer();
  const problem = answer.problemOf("holiday");
  const values = answer.valuesOf("holiday");
  const problemOf = useFieldProblem(problem);
  return (
    <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
      <ProblemNote problem={problem} fields={["name", "day", "from", "to"]} />
      <TextField
        label={t("admin.hours.holidayName")}
        name="name"
        autoComplete="off"
        maxLength={60}
        defaultValue={values?.name}
        error={problemOf("name")}
      />
      <TextField
        label={t("admin.hours.day")}
        name="day"
        type="date"
        defaultValue={values?.day}
        error={problemOf("day")}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t("admin.hours.holidayFrom")}
          name="from"
          type="time"
          optional
          defaultValue={values?.from}
          error={problemOf("from")}
        />
        <TextField
          label={t("admin.hours.holidayTo")}
          name="to"
          type="time"
          optional
          defaultValue={values?.to}
          error={problemOf("to")}
        />
      </div>
      <p className="text-ink-faint text-sm">{t("admin.hours.holidayHint")}</p>
      <Select label={t("admin.hours.whose")} name="areaId" defaultValue={values?.areaId ?? area}>
        <option value="">{t("admin.hours.everybody")}</option>
        {areas.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <div>
        <Button type="submit" name="intent" value="holiday" busy={answer.isBusy("holiday")}>
          {t("admin.hours.addHoliday")}
        </Button>
      </div>
    </Form>
  );
}
