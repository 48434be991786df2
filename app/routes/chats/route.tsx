import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import {
  type ClientLoaderFunctionArgs,
  Outlet,
  useActionData,
  useLoaderData,
  useLocation,
  useMatches,
  useParams,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useEffect, useMemo } from "react";
import { translator } from "~/i18n/i18n.server";
import {
  accountSearchCharges,
  activeMembership,
  findProfile,
  requireActor,
  throttle,
} from "~/modules/accounts/index.server";
import { type ChatSummary, findAccount, listChats, openDirectChat } from "~/modules/chats/index.server";
import { useDraftLines } from "~/modules/realtime/ui/later/use-draft-lines";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { tabOfChat } from "~/modules/realtime/ui/tabs/tab";
import { TabbedPane } from "~/modules/realtime/ui/tabs/tabbed-pane";
import { type ShownThing, TabsProvider, useTabs } from "~/modules/realtime/ui/tabs/tabs-provider";
import { useFreshLists } from "~/modules/realtime/ui/use-fresh-lists";
import { listAccountChats, listDrafts, openAccountConversation } from "~/modules/tickets/index.server";
import { AppError, unauthorized } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { createKeptPage } from "~/ui/state/kept-page";
import { RouteError } from "~/ui/state/route-error";
import { chatEntries, withDrafts } from "./chat-entries";
import { ChatList } from "./chat-list";
import { useHeardChats } from "./use-heard-chats";

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const [profile, organisations, people, drafts, t] = await Promise.all([
    findProfile(request),
    listAccountChats(actor),
    listChats(actor),
    listDrafts(actor),
    translator(request),
  ]);
  if (!profile) throw unauthorized();
  const chats = chatEntries(organisations, people);
  return { title: t("chat.title"), profile, chats, drafts, orgId: activeMembership(request, actor)?.orgId ?? null };
}

type Data = Awaited<ReturnType<typeof loader>>;

const page = createKeptPage<Data>({
  name: "chats",
  owner: ({ profile }) => profile.accountId,
  place: () => "",
});

/** Without a network, or with the server away, what was seen can be read. */
export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  page.load(request, () => serverLoader<typeof loader>());

/** Opens the chat with an organisation or a person, named by handle or e-mail address. */
export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const who = String((await formOf(request)).get("who") ?? "").trim();
  await throttle(accountSearchCharges(actor.accountId));
  const person = await findAccount(actor, who);
  if (person) return redirect(`/chats/${await openDirectChat(actor, person.id)}`);
  try {
    return redirect(`/chats/${await openAccountConversation(actor, who.replace(/^@/, ""))}`);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return { unknown: who };
    throw error;
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The chats of an account with people and organisations: the list, and the one that is open. */
export default function Chats() {
  const data = useLoaderData<typeof loader>();
  const { profile, orgId } = data;
  const location = useLocation();
  useEffect(() => page.keep(location, data), [location, data]);
  const failed = useActionData<typeof action>();
  const { conversationId } = useParams();
  // A phone has room for one: the list, or what is open beside it.
  const open = useMatches().at(-1)?.id !== "routes/chats._index";
  const beside = open ? "max-md:hidden" : "";
  return (
    <SignedInFrame profile={profile} orgId={orgId} current="chats" focused={Boolean(conversationId)}>
      <Opened>
        <div className={`flex w-full flex-col border-line md:w-80 md:border-r ${beside}`}>
          <LiveList current={conversationId} unknown={failed?.unknown} />
        </div>
        <TabbedPane className={`min-w-0 flex-1 flex-col ${open ? "flex" : "hidden md:flex"}`}>
          <Outlet />
        </TabbedPane>
      </Opened>
    </SignedInFrame>
  );
}

/** The tabs, of which the chat that the page shows is one. */
function Opened({ children }: { children: ReactNode }) {
  const { profile, chats, orgId } = useLoaderData<typeof loader>();
  const { conversationId } = useParams();
  // One in which nothing was said is in no list, and known by its own page.
  const loaded = useRouteLoaderData<{ chat: ChatSummary | null }>("routes/chats.$conversationId")?.chat;
  const shown = useMemo((): ShownThing | null => {
    if (!conversationId) return null;
    const listed = chats.find(({ id }) => id === conversationId);
    const entry = listed ?? (loaded?.id === conversationId ? chatEntries([], [loaded])[0] : null);
    return { kind: "chat", id: conversationId, tab: entry ? tabOfChat(entry) : null };
  }, [conversationId, chats, loaded]);
  return (
    <TabsProvider accountId={profile.accountId} orgId={orgId} shown={shown}>
      <div className="flex min-h-0 flex-1">{children}</div>
    </TabsProvider>
  );
}

/** Within the frame, where the socket is. */
function LiveList(props: { current: string | undefined; unknown: string | undefined }) {
  const { profile, chats: loaded, drafts, orgId } = useLoaderData<typeof loader>();
  const loadSoon = useFreshLists(profile.accountId);
  const { chats, listening } = useHeardChats(loaded, profile.accountId, loadSoon);
  const { refresh } = useTabs();
  useEffect(() => refresh(chats.filter(({ large }) => large).map(tabOfChat)), [chats, refresh]);
  const lines = useDraftLines(drafts, profile.accountId);
  return (
    <>
      {listening}
      <ChatList chats={withDrafts(chats, lines)} alone={orgId === null} {...props} />
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
