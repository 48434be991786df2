import { useNavigation } from "@remix-run/react";
import { ArrowUp, Keyboard, RotateCcw } from "lucide-react";
import { useCallback, useMemo, useRef } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useTranslation } from "~/i18n/translation";
import { MOST_TICKETS } from "~/modules/desk";
import { useDraftLines } from "~/modules/realtime/ui/later/use-draft-lines";
import { SHOW_SHORTCUTS } from "~/modules/realtime/ui/palette/palette-keys";
import { tabOfTicket } from "~/modules/realtime/ui/tabs/tab";
import { useTabs } from "~/modules/realtime/ui/tabs/tabs-provider";
import { inboxFilterOf, inboxSearch, type TicketSummary } from "~/modules/tickets";
import { arrivalsOf, isUnread, rowsOf } from "~/modules/tickets/ui/inbox-list";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { SkeletonRows } from "~/ui/state/skeleton";
import { useReload } from "~/ui/state/use-reload";
import { BulkBar } from "./bulk/bulk-bar";
import { useSelection } from "./bulk/use-selection";
import { EmptyView } from "./empty-view";
import { FilterChips } from "./filters/filter-chips";
import type { FilterChoices } from "./filters/filter-choices";
import { FilterDialog } from "./filters/filter-dialog";
import { InboxSearch } from "./filters/inbox-search";
import { SavedViews } from "./filters/saved-views";
import { TicketRow } from "./ticket-row";
import { useHold } from "./use-hold";
import { type InboxData, useInbox } from "./use-inbox";
import { useListKeys } from "./use-list-keys";
import { ViewTabs } from "./view-tabs";

type InboxPanelProps = InboxData & {
  inbox: FilterChoices;
  /** How what the agent began to write begins, by conversation. */
  drafts: Readonly<Record<string, string>>;
  openId: string | null;
  /** The organisation's, as its public chat's address has it. */
  handle: string | undefined;
};

const ROW_PX = 89;
const AHEAD_PX = 600;
/** How many rows stand in the page before scripts run: more than a screen. */
const SERVED_ROWS = 20;

/** The left of the agent's screen: views, search and the list. */
export function InboxPanel(props: InboxPanelProps) {
  const { filter, inbox, me, openId, handle } = props;
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const live = useInbox(props);
  const { keep } = useTabs();
  const onKeep = useCallback((ticket: TicketSummary) => keep(tabOfTicket(ticket, 0)), [keep]);
  const drafts = useDraftLines(props.drafts, me.accountId);
  const frame = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLElement>(null);
  const rows = useRef<VirtualizerHandle>(null);
  useHold(frame, box, live.hold);
  const tickets = rowsOf(live.list);
  const arrivals = arrivalsOf(live.list);
  const ids = useMemo(() => tickets.map((ticket) => ticket.id), [tickets]);
  const selection = useSelection(ids, MOST_TICKETS);
  useListKeys({ box, rows, ids, openId, onMark: selection.toggle });
  const limits = useMemo(() => new Map(inbox.areas.map((one) => [one.id, one.wait_limit_minutes])), [inbox.areas]);
  const reload = useReload();
  const admin = me.role === "admin";
  const search = inboxSearch(filter);
  const changing = useChangingView(search);

  const showArrivals = () => {
    live.hold(false);
    live.hold(true);
    rows.current?.scrollTo(0);
  };
  const onScroll = () => {
    const virtual = rows.current;
    if (virtual && virtual.scrollOffset + virtual.viewportSize > virtual.scrollSize - AHEAD_PX) void live.loadMore();
  };
  const row = (ticket: TicketSummary) => (
    <TicketRow
      key={ticket.id}
      ticket={ticket}
      to={`/inbox/${ticket.id}${search}`}
      open={ticket.id === openId}
      unread={isUnread(ticket, live.list.reads)}
      draft={ticket.id === openId ? undefined : drafts[ticket.conversation_id]}
      limitMinutes={limits.get(ticket.area.id)}
      marked={selection.ids.has(ticket.id)}
      marking={selection.ids.size > 0}
      onMark={selection.toggle}
      onKeep={onKeep}
    />
  );
  return (
    <>
      <header className="flex items-center justify-between gap-2 px-4 pt-3 pb-2">
        <h1 className="font-semibold text-md">{t("inbox.title")}</h1>
        <IconButton
          label={t("inbox.shortcuts.title")}
          icon={<Keyboard aria-hidden />}
          onClick={() => window.dispatchEvent(new Event(SHOW_SHORTCUTS))}
          className="pointer-coarse:hidden"
        />
      </header>
      <ViewTabs filter={filter} counts={live.counts} admin={admin} />
      <SavedViews orgId={props.orgId} views={live.views} search={search} admin={admin} onChanged={reload} />
      <InboxSearch filter={filter}>
        <FilterDialog filter={filter} choices={inbox} />
      </InboxSearch>
      <FilterChips orgId={props.orgId} filter={filter} choices={inbox} admin={admin} onSaved={reload} />
      <div ref={frame} className="relative min-h-0 flex-1 border-line border-t">
        {arrivals > 0 && (
          <Button
            variant="primary"
            size="sm"
            icon={<ArrowUp aria-hidden className="size-3.5" />}
            onClick={showArrivals}
            className="absolute top-2 left-1/2 z-10 -translate-x-1/2 rounded-full! shadow-float"
          >
            {t("inbox.arrivals", { count: arrivals })}
          </Button>
        )}
        <section ref={box} aria-label={t("inbox.list")} className="h-full overflow-y-auto overscroll-contain">
          {changing ? (
            <SkeletonRows />
          ) : tickets.length === 0 ? (
            <EmptyView filter={filter} handle={handle} />
          ) : hydrated ? (
            <Virtualizer ref={rows} scrollRef={box} as="ul" item="li" itemSize={ROW_PX} onScroll={onScroll}>
              {tickets.map(row)}
            </Virtualizer>
          ) : (
            <ul>
              {tickets.slice(0, SERVED_ROWS).map((ticket) => (
                <li key={ticket.id}>{row(ticket)}</li>
              ))}
            </ul>
          )}
          {!changing && live.moreState === "loading" && <SkeletonRows count={2} />}
          {live.moreState === "failed" && (
            <div role="alert" className="flex items-center justify-center gap-2 p-3 text-ink-soft text-sm">
              {t("inbox.moreFailed")}
              <Button size="sm" icon={<RotateCcw aria-hidden className="size-3.5" />} onClick={live.loadMore}>
                {t("ui.retry")}
              </Button>
            </div>
          )}
        </section>
      </div>
      <BulkBar key={search} orgId={props.orgId} selection={selection} tickets={tickets} choices={inbox} />
    </>
  );
}

/** Whether another view is on its way: then its skeleton stands, not the rows of the last one. */
function useChangingView(search: string): boolean {
  const { location } = useNavigation();
  if (!location?.pathname.startsWith("/inbox")) return false;
  return inboxSearch(inboxFilterOf(new URLSearchParams(location.search))) !== search;
}
