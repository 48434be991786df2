import { Form, useSubmit } from "@remix-run/react";
import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import type { InboxFilter } from "~/modules/tickets";
import { Select } from "~/ui/forms/select";

type InboxSearchProps = { filter: InboxFilter; areas: readonly { id: string; name: string }[] };

const PAUSE_MS = 300;

/** Narrows the view by a name, a number or an area; by itself where scripts run, by Enter where they do not. */
export function InboxSearch({ filter, areas }: InboxSearchProps) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form.current, { replace: true }), wait);
  };
  return (
    <Form ref={form} action="/inbox" role="search" className="flex gap-2 px-3 pb-2">
      {filter.view !== "mine" && <input type="hidden" name="view" value={filter.view} />}
      <div className="relative min-w-0 flex-1">
        <Search aria-hidden className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-faint" />
        <input
          key={`q ${filter.view}`}
          type="search"
          name="q"
          aria-label={t("inbox.search")}
          placeholder={t("inbox.search")}
          defaultValue={filter.q}
          onInput={() => apply(PAUSE_MS)}
          className="control pl-8!"
        />
      </div>
      {areas.length > 1 && (
        <Select
          key={`area ${filter.areaId}`}
          name="area"
          label={t("inbox.area")}
          hideLabel
          defaultValue={filter.areaId ?? ""}
          onChange={() => apply(0)}
          className="w-32 shrink-0"
        >
          <option value="">{t("inbox.allAreas")}</option>
          {areas.map((area) => (
            <option key={area.id} value={area.id}>
              {area.name}
            </option>
          ))}
        </Select>
      )}
    </Form>
  );
}
