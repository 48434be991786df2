import { Form, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import type { SearchFilter } from "~/modules/search";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

const PAUSE_MS = 300;
const GROUPS = ["contacts", "tickets", "messages", "notes"] as const;
const STATES = ["bot", "open", "closed"] as const;

type Named = readonly { id: string; name: string }[];
type SearchFormProps = {
  asked: { q: string; kind?: string; filter: SearchFilter };
  areas: Named;
  assignees: Named;
  problem: string | null;
};

/** Asks by itself while one writes; by Enter where no scripts run. */
export function SearchForm({ asked: { q, kind, filter }, areas, assignees, problem }: SearchFormProps) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form.current, { replace: true }), ms);
  };
  const some = Boolean(kind) || Object.values(filter).some(Boolean);
  const any = <option value="">{t("search.any")}</option>;
  return (
    <Form ref={form} action="/search" role="search" onChange={() => apply(PAUSE_MS)} className="grid grid-cols-1 gap-3">
      <TextField
        type="search"
        name="q"
        label={t("search.label")}
        hideLabel
        placeholder={t("search.label")}
        defaultValue={q}
        maxLength={200}
        autoComplete="off"
        optional
        error={problem ? t([`errors.${problem}`, "errors.unexpected"]) : undefined}
        end={<Button type="submit">{t("search.go")}</Button>}
      />
      <Disclosure label={t("search.filters")} open={some || undefined}>
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
          <Select name="kind" label={t("search.kind")} defaultValue={kind ?? ""}>
            {any}
            {GROUPS.map((one) => (
              <option key={one} value={one}>
                {t(`search.groups.${one}`)}
              </option>
            ))}
          </Select>
          <Select name="area" label={t("inbox.area")} defaultValue={filter.areaId ?? ""}>
            {any}
            {areas.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Select name="assignee" label={t("ticket.facts.assignee")} defaultValue={filter.assignee ?? ""}>
            {any}
            <option value="none">{t("ticket.unassigned")}</option>
            {assignees.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Select name="state" label={t("search.state")} defaultValue={filter.state ?? ""}>
            {any}
            {STATES.map((one) => (
              <option key={one} value={one}>
                {t(`ui.state.${one}`)}
              </option>
            ))}
          </Select>
          <TextField name="tag" label={t("inbox.filter.tag")} defaultValue={filter.tag} maxLength={60} optional />
          <div className="grid grid-cols-2 gap-2">
            <TextField type="date" name="from" label={t("inbox.filter.from")} defaultValue={filter.from} optional />
            <TextField type="date" name="to" label={t("inbox.filter.to")} defaultValue={filter.to} optional />
          </div>
        </div>
      </Disclosure>
    </Form>
  );
}
