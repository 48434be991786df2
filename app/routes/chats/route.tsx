import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Outlet, useActionData, useLoaderData, useParams } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { activeMembership, findProfile, requireActor } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { listAccountChats, openAccountConversation } from "~/modules/tickets/index.server";
import { AppError, unauthorized } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { RouteError } from "~/ui/state/route-error";
import { ChatList } from "./chat-list";

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const [profile, chats, t] = await Promise.all([findProfile(request), listAccountChats(actor), translator(request)]);
  if (!profile) throw unauthorized();
  return { title: t("chat.title"), profile, chats, orgId: activeMembership(request, actor)?.orgId ?? null };
}

/** Opens the chat with an organisation, named by its handle. */
export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const handle = String((await formOf(request)).get("handle") ?? "")
    .trim()
    .replace(/^@/, "");
  try {
    return redirect(`/chats/${await openAccountConversation(actor, handle)}`);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return { unknown: `@${handle}` };
    throw error;
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The chats of an account with organisations: the list, and the one that is open. */
export default function Chats() {
  const { profile, chats, orgId } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const { conversationId } = useParams();
  const beside = conversationId ? "max-md:hidden" : "";
  return (
    <SignedInFrame profile={profile} orgId={orgId} current="chats" focused={Boolean(conversationId)}>
      <div className="flex min-h-0 flex-1">
        <div className={`flex w-full flex-col border-line md:w-80 md:border-r ${beside}`}>
          <ChatList chats={chats} current={conversationId} unknown={failed?.unknown} alone={orgId === null} />
        </div>
        <div className={`min-w-0 flex-1 flex-col ${conversationId ? "flex" : "hidden md:flex"}`}>
          <Outlet />
        </div>
      </div>
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
