import { Form, useNavigation } from "@remix-run/react";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextArea } from "~/ui/forms/text-area";
import { IconButton } from "~/ui/icon-button";
import {
  addSpan,
  copyMonday,
  DAYS,
  type Day,
  endFromField,
  type Span,
  toField,
  usualWeek,
  type Week,
  weekOf,
} from "./week";

type WeekFormProps = {
  /** Null: the organisation's own week. */
  area: { id: string; name: string } | null;
  week: { hours: Partial<Record<Day, Span[]>> | null; hoursText: string | null };
  organisation: { name: string; hoursText: string | null; timeZone: string };
};

/** When people answer, day by day, and what customers are told at other times. */
export function WeekForm({ area, week: stored, organisation }: WeekFormProps) {
  const { t } = useTranslation();
  const busy = useNavigation().formData?.get("intent") === "week";
  const [plain, setPlain] = useState(stored.hours === null);
  const [week, setWeek] = useState<Week>(stored.hours ? weekOf(stored.hours) : usualWeek());
  const [text, setText] = useState(stored.hoursText ?? "");
  const told = text.trim() || (area ? organisation.hoursText : "");
  return (
    <Form method="post" className="grid max-w-xl gap-4" preventScrollReset>
      <input type="hidden" name="areaId" value={area?.id ?? ""} />
      <input type="hidden" name="hours" value={JSON.stringify(plain ? null : week)} />
      <Checkbox
        label={t(area ? "admin.hours.asOrganisation" : "admin.hours.always")}
        checked={plain}
        onChange={(event) => setPlain(event.currentTarget.checked)}
      />
      {!plain && (
        <div className="grid gap-3">
          {DAYS.map((day) => (
            <DaySpans key={day} day={day} spans={week[day]} onChange={(spans) => setWeek({ ...week, [day]: spans })} />
          ))}
          <div className="flex flex-wrap items-center gap-3">
            <Button size="sm" onClick={() => setWeek(copyMonday(week))}>
              {t("admin.hours.copyMonday")}
            </Button>
            <p className="text-ink-faint text-sm">{t("admin.hours.zone", { zone: organisation.timeZone })}</p>
          </div>
        </div>
      )}
      <TextArea
        label={t("admin.hours.text")}
        hint={t(area ? "admin.hours.textHintArea" : "admin.hours.textHint")}
        name="hoursText"
        optional
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {told && (
        <figure className="grid gap-1.5">
          <figcaption className="text-ink-faint text-sm">{t("admin.hours.preview")}</figcaption>
          <p
            dir="auto"
            className="wrap-anywhere w-fit max-w-[85%] whitespace-pre-wrap rounded-md bg-bubble-other px-3 py-2"
          >
            {told}
          </p>
        </figure>
      )}
      <div>
        <Button type="submit" name="intent" value="week" variant="primary" busy={busy}>
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}

type DaySpansProps = { day: Day; spans: Span[]; onChange: (spans: Span[]) => void };

function DaySpans({ day, spans, onChange }: DaySpansProps) {
  const { t } = useTranslation();
  const name = t(`admin.hours.days.${day}`);
  const set = (at: number, span: Span) => onChange(spans.map((one, index) => (index === at ? span : one)));
  return (
    <fieldset aria-label={name} className="grid gap-x-3 gap-y-1 sm:grid-cols-[7rem_1fr_auto] sm:items-start">
      <span className="pt-2 font-medium text-sm">{name}</span>
      <div className="grid gap-1.5">
        {spans.length === 0 && <span className="pt-2 text-ink-faint text-sm">{t("admin.hours.closed")}</span>}
        {spans.map(([from, to], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the day.
          <div key={at} className="flex items-center gap-2">
            <input
              type="time"
              aria-label={t("admin.hours.from", { day: name })}
              value={from}
              onChange={(event) => set(at, [event.currentTarget.value, to])}
              className="control w-32"
            />
            <span aria-hidden className="text-ink-faint">
              –
            </span>
            <input
              type="time"
              aria-label={t("admin.hours.to", { day: name })}
              value={toField(to)}
              onChange={(event) => set(at, [from, endFromField(event.currentTarget.value)])}
              className="control w-32"
            />
            <IconButton
              label={t("admin.hours.removeSpan", { day: name })}
              icon={<X />}
              onClick={() => onChange(spans.filter((_, index) => index !== at))}
            />
          </div>
        ))}
      </div>
      <Button
        size="sm"
        variant="plain"
        icon={<Plus aria-hidden className="size-4" />}
        onClick={() => onChange(addSpan(spans))}
      >
        <span aria-hidden>{t("admin.hours.addSpan")}</span>
        <span className="sr-only">{t("admin.hours.addSpanOf", { day: name })}</span>
      </Button>
    </fieldset>
  );
}
