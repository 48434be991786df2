import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData, useRevalidator } from "@remix-run/react";
import { ArrowLeft, MessageCircle } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHydrated } from "remix-utils/use-hydrated";
import { requireActor } from "~/modules/accounts/index.server";
import { CustomerMessages } from "~/modules/realtime/ui/customer-messages";
import { TypingLine, useTypist } from "~/modules/realtime/ui/typing-line";
import { useThread } from "~/modules/realtime/ui/use-thread";
import { getThread, listAccountChats } from "~/modules/tickets/index.server";
import { notFound } from "~/platform/errors";
import { Avatar } from "~/ui/avatar";
import { Composer } from "~/ui/conversation/composer";
import { EmptyState } from "~/ui/state/empty-state";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const id = params.conversationId ?? "";
  const chat = (await listAccountChats(actor)).find((one) => one.conversation_id === id);
  if (!chat) throw notFound("conversation");
  return { organisation: chat.organisation, thread: await getThread(actor, id) };
}

/** One chat of an account with an organisation. */
export default function Chat() {
  const { organisation, thread } = useLoaderData<typeof loader>();
  return <OpenChat key={thread.conversation_id} organisation={organisation} thread={thread} />;
}

type OpenChatProps = ReturnType<typeof useLoaderData<typeof loader>>;

function OpenChat({ organisation, thread }: OpenChatProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const typist = useTypist();
  const { revalidate } = useRevalidator();
  const live = useThread({ loaded: thread, accountId: null, onSignal: typist.hear, onResync: revalidate });
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.kind !== "contact")?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  return (
    <section aria-label={t("chat.with", { name: organisation.name })} className="flex min-h-0 flex-1 flex-col">
      <header className="flex items-center gap-3 border-line border-b bg-surface px-4 py-2.5">
        <Link
          to="/chats"
          aria-label={t("chat.back")}
          className="-ms-2 grid size-11 place-items-center rounded-sm md:hidden"
        >
          <ArrowLeft aria-hidden className="size-5" />
        </Link>
        <Avatar id={organisation.handle} name={organisation.name} />
        <h1 className="min-w-0 truncate font-semibold">
          <bdi>{organisation.name}</bdi>
        </h1>
      </header>
      {live.messages.length === 0 && live.pending.length === 0 ? (
        <div className="m-auto">
          <EmptyState
            icon={<MessageCircle />}
            title={t("chat.with", { name: organisation.name })}
            text={t("chat.start")}
          />
        </div>
      ) : (
        <CustomerMessages live={live} />
      )}
      <TypingLine shown={typist.typing} />
      <Composer onSend={live.send} onText={live.typing} waiting={!hydrated} autoFocus />
    </section>
  );
}
