import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData, useLocation } from "@remix-run/react";
import { useEffect } from "react";
import { requireActor } from "~/modules/accounts/index.server";
import { getChat } from "~/modules/chats/index.server";
import { PeopleChat } from "~/modules/realtime/ui/chat/people-chat";
import { getDraft, getThread, listAccountChats, listScheduled } from "~/modules/tickets/index.server";
import { formOf } from "~/platform/form-of.server";
import { createKeptPage } from "~/ui/state/kept-page";
import { act } from "./act.server";
import { ChatOptions } from "./chat-options";
import { OrganisationChat } from "./organisation-chat";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const id = params.conversationId ?? "";
  const { accountId } = actor;
  const [asCustomer] = await listAccountChats(actor, [id]);
  if (asCustomer) {
    const { organisation } = asCustomer;
    const [thread, draft] = await Promise.all([getThread(actor, id), getDraft(actor, id)]);
    return { organisation, chat: null, accountId, thread, draft, scheduled: [] };
  }
  const chat = await getChat(actor, id);
  const [thread, draft, scheduled] = await Promise.all([
    getThread(actor, id),
    getDraft(actor, id),
    listScheduled(actor, id),
  ]);
  return { organisation: null, chat, accountId, thread, draft, scheduled };
}

type Data = Awaited<ReturnType<typeof loader>>;

const page = createKeptPage<Data, Data["thread"]>({
  name: "chat",
  owner: ({ accountId }) => accountId,
  place: ({ pathname }) => pathname,
  title: ({ organisation, chat }) => organisation?.name ?? chat?.title ?? "",
  thread: { of: ({ thread }) => thread, put: (data, thread) => ({ ...data, thread }) },
});

/** Without a network, or with the server away, what was seen can be read. */
export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  page.load(request, () => serverLoader<typeof loader>());

export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const intent = String((await formOf(request)).get("intent") ?? "");
  return act(actor, params.conversationId ?? "", intent);
}

/** One chat: with an organisation, with a person, or of a group. */
export default function Chat() {
  const data = useLoaderData<typeof loader>();
  const location = useLocation();
  useEffect(() => page.keep(location, data), [location, data]);
  const { organisation, chat, ...loaded } = data;
  const { thread } = loaded;
  const key = thread.conversation_id;
  const startAt = Number(new URLSearchParams(location.search).get("m")) || undefined;
  if (organisation) return <OrganisationChat key={key} organisation={organisation} {...loaded} startAt={startAt} />;
  return <PeopleChat key={key} chat={chat} {...loaded} startAt={startAt} options={<ChatOptions chat={chat} />} />;
}
