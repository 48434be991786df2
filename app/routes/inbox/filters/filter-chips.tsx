import { Link } from "@remix-run/react";
import { X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { FILTER_PARTS, type InboxFilter, inboxSearch } from "~/modules/tickets";
import type { FilterChoices } from "./filter-choices";
import { useFilterWords } from "./filter-words";
import { SaveFilter } from "./save-filter";

type FilterChipsProps = {
  orgId: string;
  filter: InboxFilter;
  choices: FilterChoices;
  admin: boolean;
  onSaved: () => void;
};

/** What the list is narrowed by; each goes by itself, and all can be kept under a name. */
export function FilterChips({ orgId, filter, choices, admin, onSaved }: FilterChipsProps) {
  const { t } = useTranslation();
  const wordsOf = useFilterWords(choices);
  const parts = FILTER_PARTS.filter((part) => part !== "q" && filter[part]);
  if (parts.length === 0 && !filter.q) return null;
  return (
    <ul aria-label={t("inbox.filter.active")} className="flex flex-wrap gap-1.5 px-3 pb-2">
      {parts.map((part) => {
        const words = wordsOf(filter, part);
        return (
          <li key={part} className="min-w-0">
            <Link
              to={`/inbox${inboxSearch({ ...filter, [part]: undefined })}`}
              aria-label={t("inbox.filter.remove", { name: words })}
              className="inline-flex min-h-7 max-w-full items-center gap-1 rounded-full bg-accent-soft ps-2.5 pe-1.5 text-accent-text text-sm hover:bg-hover pointer-coarse:min-h-11"
            >
              <bdi className="truncate">{words}</bdi>
              <X aria-hidden className="size-3.5 shrink-0" />
            </Link>
          </li>
        );
      })}
      <li>
        <SaveFilter orgId={orgId} filter={inboxSearch(filter)} admin={admin} onSaved={onSaved} />
      </li>
    </ul>
  );
}
