import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  Link,
  type ShouldRevalidateFunction,
  useLoaderData,
  useLocation,
  useRevalidator,
  useRouteError,
} from "@remix-run/react";
import { useEffect } from "react";
import { useTranslation } from "~/i18n/translation";
import { requireActor } from "~/modules/accounts/index.server";
import { getDraft, getTicketDesk, getTicketFields, listSideThreads } from "~/modules/tickets/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { panelWidthsOf } from "~/ui/panel-widths";
import { ErrorState } from "~/ui/state/error-state";
import { createKeptPage } from "~/ui/state/kept-page";
import { readError } from "~/ui/state/route-error";
import { isUnreached, orUnreached } from "~/ui/state/unreached";
import { useRecovery } from "~/ui/state/use-recovery";
import { actOnTicket, type TicketActionData } from "./act.server";
import { TicketScreen } from "./ticket-screen";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const id = params.ticketId ?? "";
  if (!isUuid(id)) throw notFound("ticket");
  const desk = await getTicketDesk(actor, id);
  const [draft, sideThreads, fields] = await Promise.all([
    getDraft(actor, desk.ticket.conversation_id),
    listSideThreads(actor, id),
    getTicketFields(actor, id),
  ]);
  return { ...desk, draft, sideThreads, fields, accountId: actor.accountId, width: panelWidthsOf(request).ticket };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  return actOnTicket(request, actor, params.ticketId ?? "");
}

type Data = Awaited<ReturnType<typeof loader>>;

const page = createKeptPage<Data, Data["thread"]>({
  name: "ticket",
  owner: ({ accountId }) => accountId,
  place: ({ pathname }) => pathname,
  title: ({ ticket }) => `#${ticket.number} ${ticket.contact.name}`,
  thread: { of: ({ thread }) => thread, put: (data, thread) => ({ ...data, thread }) },
});

/** A conversation that is there stays there without a network, or with the server away. */
export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  page.load(request, () => serverLoader<typeof loader>());

/** Without a network, or with the server away, the conversation stays, and says that the press came to nothing. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<TicketActionData> {
  return { intent: null, ...(await orUnreached(() => serverAction<TicketActionData>())) };
}

/** Another view of the list changes nothing here, and what never reached the server neither. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, formAction, ...rest }) => {
  const result = rest.actionResult as TicketActionData | undefined;
  if (result?.gone || isUnreached(result?.code)) return false;
  if (formAction) return formAction.startsWith("/inbox/");
  return currentUrl.pathname !== nextUrl.pathname || currentUrl.search === nextUrl.search
    ? rest.defaultShouldRevalidate
    : false;
};

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `#${data.ticket.number} ${data.ticket.contact.name} · GuazuApp` : "GuazuApp" },
];

/** A ticket and its conversation. */
export default function TicketPage() {
  const data = useLoaderData<typeof loader>();
  const location = useLocation();
  useEffect(() => page.keep(location, data), [location, data]);
  return <TicketScreen key={data.ticket.id} {...data} />;
}

/** Not to be seen any more, or not loaded: the list beside it goes on. */
export function ErrorBoundary() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const { t } = useTranslation();
  const { search } = useLocation();
  const { code, requestId } = readError(error);
  const gone = code === "not_found" || code === "forbidden";
  useRecovery(code, revalidate);
  return (
    <>
      <PageHeader title="" back={{ to: `/inbox${search}`, when: "phone" }} />
      <ErrorState
        code={code}
        requestId={requestId}
        onRetry={gone ? undefined : revalidate}
        retrying={state === "loading"}
        action={
          gone && (
            <Link to={`/inbox${search}`} className={buttonClass("primary")}>
              {t("ticket.gone.back")}
            </Link>
          )
        }
      />
    </>
  );
}
