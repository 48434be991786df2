import { Form, useNavigate, useSubmit } from "@remix-run/react";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { FILTER_PARTS, type InboxFilter, nameOfPart } from "~/modules/tickets";

const PAUSE_MS = 300;

/** Narrows the list by a name or a number; by itself where scripts run, by Enter where they do not. */
export function InboxSearch({ filter, children }: { filter: InboxFilter; children: ReactNode }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const navigate = useNavigate();
  /** Enter looks beyond the list: in everything that the member sees. */
  const searchAll = (event: KeyboardEvent<HTMLInputElement>) => {
    const q = event.currentTarget.value.trim();
    if (event.key !== "Enter" || event.nativeEvent.isComposing || q === "") return;
    event.preventDefault();
    clearTimeout(timer.current);
    navigate(`/search?${new URLSearchParams({ q })}`);
  };
  const apply = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form.current, { replace: true }), PAUSE_MS);
  };
  return (
    <Form ref={form} action="/inbox" role="search" className="flex gap-2 px-3 pb-2">
      {filter.view !== "mine" && <input type="hidden" name="view" value={filter.view} />}
      {FILTER_PARTS.map(
        (part) =>
          part !== "q" &&
          filter[part] && <input key={part} type="hidden" name={nameOfPart(part)} value={filter[part]} />,
      )}
      <div className="relative min-w-0 flex-1">
        <Search aria-hidden className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-faint" />
        <input
          key={`q ${filter.view}`}
          type="search"
          name="q"
          aria-label={t("inbox.search")}
          placeholder={t("inbox.search")}
          defaultValue={filter.q}
          onInput={apply}
          onKeyDown={searchAll}
          title={t("inbox.searchAll")}
          className="control pl-8!"
        />
      </div>
      {children}
    </Form>
  );
}
