import { Form, Link, useSearchParams, useSubmit } from "@remix-run/react";
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import type { ChannelKind } from "~/modules/channels";
import type { SearchFilter, SearchSort } from "~/modules/search";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

const PAUSE_MS = 300;
const GROUPS = ["contacts", "tickets", "messages", "notes"] as const;
const SORTS = ["relevance", "newest"] as const;
const STATES = ["bot", "open", "closed"] as const;

type Named = readonly { id: string; name: string }[];
type SearchFormProps = {
  asked: { q: string; kind?: string; sort?: SearchSort; filter: SearchFilter };
  choices: {
    areas: Named;
    assignees: Named;
    channels: readonly { id: string; kind: ChannelKind; name: string }[];
    /** In whose tickets and messages alone is looked. */
    contact: { id: string; name: string } | null;
  };
  problem: string | null;
};

/** Asks by itself while one writes; by Enter where no scripts run. */
export function SearchForm({ asked: { q, kind, sort, filter }, choices, problem }: SearchFormProps) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form.current, { replace: true }), ms);
  };
  const { contactId: _, ...rest } = filter;
  const some = Boolean(kind || sort) || Object.values(rest).some(Boolean);
  const channelName = useChannelName();
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
      {choices.contact && <Within contact={choices.contact} />}
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
            {choices.areas.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Select name="assignee" label={t("ticket.facts.assignee")} defaultValue={filter.assignee ?? ""}>
            {any}
            <option value="none">{t("ticket.unassigned")}</option>
            {choices.assignees.map(({ id, name }) => (
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
          <Select name="channel" label={t("inbox.filter.channel")} defaultValue={filter.channelId ?? ""}>
            {any}
            {choices.channels.map(({ id, kind, name }) => (
              <option key={id} value={id}>
                {name || channelName(kind)}
              </option>
            ))}
          </Select>
          <TextField name="tag" label={t("inbox.filter.tag")} defaultValue={filter.tag} maxLength={60} optional />
          <Select name="sort" label={t("search.sort")} defaultValue={sort ?? ""}>
            <option value="">{t("search.sorts.usual")}</option>
            {SORTS.map((one) => (
              <option key={one} value={one}>
                {t(`search.sorts.${one}`)}
              </option>
            ))}
          </Select>
          <div className="grid grid-cols-2 gap-2 sm:col-span-2 sm:gap-3">
            <TextField type="date" name="from" label={t("inbox.filter.from")} defaultValue={filter.from} optional />
            <TextField type="date" name="to" label={t("inbox.filter.to")} defaultValue={filter.to} optional />
          </div>
        </div>
      </Disclosure>
    </Form>
  );
}

/** In whose alone is looked, and the way back to everybody's. */
function Within({ contact: { id, name } }: { contact: { id: string; name: string } }) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const wider = new URLSearchParams(params);
  for (const one of ["contact", "cursor"]) wider.delete(one);
  return (
    <p>
      <input type="hidden" name="contact" value={id} />
      <Link
        to={`/search?${wider}`}
        aria-label={t("search.everywhere", { name })}
        className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-full bg-accent-soft ps-2.5 pe-1.5 text-accent-text text-sm hover:bg-hover pointer-coarse:min-h-11"
      >
        <span className="min-w-0 truncate">{t("search.contact", { name })}</span>
        <X aria-hidden className="size-3.5 shrink-0" />
      </Link>
    </p>
  );
}
