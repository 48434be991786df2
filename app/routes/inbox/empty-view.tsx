import { Link } from "@remix-run/react";
import { AlarmClock, Bot, CircleCheck, ExternalLink, Inbox, SearchX } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { FILTER_PARTS, type InboxFilter, inboxSearch } from "~/modules/tickets";
import { buttonClass } from "~/ui/button";
import { EmptyState } from "~/ui/state/empty-state";

const icons = {
  mine: <CircleCheck />,
  queue: <CircleCheck />,
  bot: <Bot />,
  open: <Inbox />,
  closed: <Inbox />,
  snoozed: <AlarmClock />,
  all: <Inbox />,
};

/** A view without tickets: why, and what to do next. `handle` is the organisation's, whose chat brings the first. */
export function EmptyView({ filter, handle }: { filter: InboxFilter; handle: string | undefined }) {
  const { t } = useTranslation();
  const { view } = filter;
  if (FILTER_PARTS.some((part) => filter[part])) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t("inbox.noMatch")}
        text={t("inbox.noMatchHint")}
        action={
          <span className="flex flex-wrap justify-center gap-2">
            <Link to={`/inbox${inboxSearch({ view })}`} className={buttonClass("quiet")}>
              {t("inbox.clearFilter")}
            </Link>
            {filter.q && (
              // There slips are forgiven, and words of messages are found.
              <Link to={`/search?${new URLSearchParams({ q: filter.q })}`} className={buttonClass("quiet")}>
                {t("inbox.searchAll")}
              </Link>
            )}
          </span>
        }
      />
    );
  }
  const next = {
    mine: (
      <Link to={`/inbox${inboxSearch({ view: "queue" })}`} className={buttonClass("quiet")}>
        {t("inbox.goToQueue")}
      </Link>
    ),
    all: handle && (
      <a href={`/c/${handle}`} target="_blank" rel="noreferrer" className={buttonClass("quiet")}>
        {t("inbox.openPublicChat")}
        <ExternalLink aria-hidden className="size-4" />
      </a>
    ),
  };
  return (
    <EmptyState
      icon={icons[view]}
      title={t(`inbox.empty.${view}.title`)}
      text={t(`inbox.empty.${view}.text`)}
      action={view === "mine" || view === "all" ? next[view] : undefined}
    />
  );
}
