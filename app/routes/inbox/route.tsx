import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientLoaderFunctionArgs,
  Outlet,
  type ShouldRevalidateFunction,
  useLoaderData,
  useLocation,
  useParams,
  useRouteLoaderData,
} from "@remix-run/react";
import { MessageSquareText } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { findProfile, requireMember } from "~/modules/accounts/index.server";
import { listViews } from "~/modules/desk/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { tabOfTicket } from "~/modules/realtime/ui/tabs/tab";
import { TabbedPane } from "~/modules/realtime/ui/tabs/tabbed-pane";
import { type ShownThing, TabsProvider } from "~/modules/realtime/ui/tabs/tabs-provider";
import { inboxFilterOf, inboxSearch, type TicketSummary } from "~/modules/tickets";
import { getInbox, listDrafts } from "~/modules/tickets/index.server";
import { unauthorized } from "~/platform/errors";
import { panelWidthsOf } from "~/ui/panel-widths";
import { ResizablePanel } from "~/ui/resizable-panel";
import { Banner } from "~/ui/state/banner";
import { EmptyState } from "~/ui/state/empty-state";
import { createKeptPage } from "~/ui/state/kept-page";
import { RouteError } from "~/ui/state/route-error";
import { InboxPanel } from "./inbox-panel";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const filter = inboxFilterOf(new URL(request.url).searchParams);
  const [profile, inbox, views, drafts, t] = await Promise.all([
    findProfile(request),
    getInbox(actor, membership.orgId, filter),
    listViews(actor, membership.orgId),
    listDrafts(actor),
    translator(request),
  ]);
  if (!profile) throw unauthorized();
  const { orgId, memberId, role, areaIds } = membership;
  const timeZone = profile.organisations.find((one) => one.orgId === orgId)?.timeZone;
  const me = { memberId, role, areaIds, timeZone, accountId: actor.accountId };
  return { profile, orgId, me, filter, inbox, views, drafts, widths: panelWidthsOf(request), title: t("inbox.title") };
}

type Data = Awaited<ReturnType<typeof loader>>;

const page = createKeptPage<Data>({
  name: "inbox",
  owner: ({ me }) => me.accountId,
  place: ({ search }) => search,
});

/** Without a network, or with the server away, the list stays that is there. */
export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  page.load(request, () => serverLoader<typeof loader>());

const searchOf = (url: URL) => inboxSearch(inboxFilterOf(url.searchParams));

/** The list hears by itself what changes in it; it is loaded anew for another view, and when somebody asks. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, formAction }) => {
  if (formAction) return !formAction.startsWith("/inbox/");
  return currentUrl.href === nextUrl.href || searchOf(currentUrl) !== searchOf(nextUrl);
};

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The agent's screen: the list of tickets, and beside it the one that is open. */
export default function Inbox() {
  const data = useLoaderData<typeof loader>();
  const location = useLocation();
  useEffect(() => page.keep(location, data), [location, data]);
  const { ticketId } = useParams();
  const { t } = useTranslation();
  const handle = data.profile.organisations.find(({ orgId }) => orgId === data.orgId)?.handle;
  return (
    <SignedInFrame profile={data.profile} orgId={data.orgId} current="inbox" focused={ticketId !== undefined}>
      <noscript>
        <Banner tone="warning">{t("inbox.needsScripts")}</Banner>
      </noscript>
      <Opened orgId={data.orgId} accountId={data.profile.accountId} search={inboxSearch(data.filter)}>
        <ResizablePanel
          name="inbox"
          label={t("inbox.title")}
          handle="end"
          width={data.widths.inbox}
          standard={352}
          min={288}
          className={`bg-surface ${ticketId ? "max-md:hidden" : ""}`}
        >
          <InboxPanel {...data} openId={ticketId ?? null} handle={handle} />
        </ResizablePanel>
        <TabbedPane className={`min-h-0 min-w-0 flex-1 flex-col ${ticketId ? "flex" : "hidden md:flex"}`}>
          {!ticketId && (
            <div className="m-auto">
              <EmptyState
                icon={<MessageSquareText />}
                title={t("inbox.nothingOpen")}
                text={t("inbox.nothingOpenHint")}
              />
            </div>
          )}
          <Outlet />
        </TabbedPane>
      </Opened>
    </SignedInFrame>
  );
}

type OpenedProps = { accountId: string; orgId: string; search: string; children: ReactNode };

/** The tabs, of which the ticket that the page shows is one. */
function Opened({ search, children, ...whose }: OpenedProps) {
  const { ticketId } = useParams();
  const desk = useRouteLoaderData<{ ticket: TicketSummary; thread: { read_seq: number } }>("routes/inbox.$ticketId");
  const shown = useMemo((): ShownThing | null => {
    if (!ticketId) return null;
    const tab = desk?.ticket.id === ticketId ? tabOfTicket(desk.ticket, desk.thread.read_seq) : null;
    return { kind: "ticket", id: ticketId, tab };
  }, [ticketId, desk]);
  return (
    <TabsProvider {...whose} shown={shown} inboxSearch={search}>
      <div className="flex min-h-0 flex-1">{children}</div>
    </TabsProvider>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
