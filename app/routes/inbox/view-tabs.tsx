import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { type InboxFilter, inboxSearch, TICKET_VIEWS, type TicketViewName } from "~/modules/tickets";
import type { Counts } from "./use-inbox";

type ViewTabsProps = { filter: InboxFilter; counts: Counts; admin: boolean };

const shown = (admin: boolean): readonly TicketViewName[] => TICKET_VIEWS.filter((view) => admin || view !== "all");

export const viewLinkClass =
  "flex min-h-8 min-w-0 items-center justify-between gap-1.5 rounded-sm px-2 text-ink-soft text-sm hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text pointer-coarse:min-h-11";

/** The standing lists, each with how many it holds. */
export function ViewTabs({ filter, counts, admin }: ViewTabsProps) {
  const { t, i18n } = useTranslation();
  const figure = new Intl.NumberFormat(i18n.language);
  return (
    <nav aria-label={t("inbox.viewsLabel")} className="grid grid-cols-3 gap-1 px-3 pb-2">
      {shown(admin).map((view) => (
        <Link
          key={view}
          to={`/inbox${inboxSearch({ view, areaId: filter.areaId })}`}
          prefetch="intent"
          aria-current={view === filter.view ? "page" : undefined}
          className={viewLinkClass}
        >
          <span className="truncate">{t(`inbox.views.${view}`)}</span>
          <span className="tabular-nums" data-count={view}>
            {figure.format(counts[view])}
          </span>
        </Link>
      ))}
    </nav>
  );
}
