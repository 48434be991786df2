import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { lazy, Suspense } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { translator } from "~/i18n/i18n.server";
import { logoAddress } from "~/modules/accounts";
import { clientOf } from "~/modules/accounts/index.server";
import { HubProvider } from "~/modules/realtime/ui/hub-provider";
import { OutboxProvider } from "~/modules/realtime/ui/outbox/outbox-provider";
import { env } from "~/platform/env.server";
import { FRAME_SITES } from "~/platform/http/frame-sites";
import { GUEST } from "~/platform/kept/guest";
import { afterFirstLoad } from "~/ui/offline/after-first-load";
import { RouteError } from "~/ui/state/route-error";
import { isUnreached, orUnreached } from "~/ui/state/unreached";
import { TimeZone } from "~/ui/time";
import { actOnChat } from "./act.server";
import { ChatHeader } from "./chat-header";
import { FirstMessage } from "./first-message";
import { LiveChat } from "./live-chat";
import { loadChat } from "./load-chat.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const t = await translator(request);
  const { frameSites, ...chat } = await loadChat(request, params.handle ?? "");
  const { name, handle } = chat.organisation;
  const logo = logoAddress(chat.organisation);
  const preview = {
    about: t("publicChat.subtitle"),
    address: `${env().publicUrl}/c/${handle}`,
    picture: logo && env().publicUrl + logo,
  };
  const shown = { ...chat, title: t("publicChat.title", { name }), preview };
  return data(shown, { headers: { [FRAME_SITES]: frameSites.join(" ") } });
}

/** Which sites may show the page: the answer's policy says it. */
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export const action = ({ request, params, context }: ActionFunctionArgs) =>
  actOnChat(request, params.handle ?? "", clientOf(request, context).address);

/** Not of the first load. */
const keptChat = () => import("./kept-chat").then(({ keptChat }) => keptChat);

/** Without a network, or with the server away, what was seen can be read. */
export const clientLoader = async ({ request, serverLoader }: ClientLoaderFunctionArgs) => {
  const load = () => serverLoader<typeof loader>();
  return navigator.serviceWorker?.controller ? (await keptChat()).load(request, load) : load();
};

const KeptChat = lazy(() => afterFirstLoad().then(() => import("./kept-chat")));

/** Without a network, or with the server away, the page stays, and what was written with it. */
export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreached(() => serverAction<typeof action>());

/** What could not be sent left everything as it was; asking anew would only take the page away. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) =>
  isUnreached(actionResult?.code) ? false : defaultShouldRevalidate;

export const handle = { font: "system" };

export const meta: MetaFunction<typeof loader> = ({ data: chat }) => [
  { title: chat?.title ?? "GuazuApp" },
  { name: "robots", content: "noindex" },
  ...(chat ? previewOf(chat) : []),
];

/** What chats and networks show of a link to the page. */
const previewOf = ({ title, preview, organisation }: Awaited<ReturnType<typeof loader>>["data"]) => [
  { property: "og:title", content: title },
  { property: "og:site_name", content: organisation.name },
  { property: "og:description", content: preview.about },
  { property: "og:type", content: "website" },
  { property: "og:url", content: preview.address },
  ...(preview.picture ? [{ property: "og:image", content: preview.picture }] : []),
];

/** An organisation's public chat: a page that a customer opens from a link, with scripts or without. */
export default function PublicChat() {
  const chat = useLoaderData<typeof loader>();
  const hydrated = useHydrated();
  const result = useActionData<typeof action>();
  const code = result && "code" in result ? result.code : null;
  return (
    <HubProvider url={chat.thread ? `/hub?guest=${chat.thread.conversation_id}` : null}>
      <OutboxProvider owner={GUEST}>
        <TimeZone timeZone={chat.organisation.timeZone}>
          <div className="mx-auto flex h-dvh max-w-3xl flex-col sm:border-line sm:border-x">
            <ChatHeader organisation={chat.organisation} connected={chat.thread !== null} />
            {hydrated && (
              <Suspense>
                <KeptChat chat={chat} />
              </Suspense>
            )}
            <main className="flex min-h-0 flex-1 flex-col">
              {chat.thread ? (
                <LiveChat {...chat} thread={chat.thread} code={code} />
              ) : (
                <FirstMessage {...chat} code={code} />
              )}
            </main>
          </div>
        </TimeZone>
      </OutboxProvider>
    </HubProvider>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
