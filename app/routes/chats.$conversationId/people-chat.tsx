import { Form, Link, useRevalidator } from "@remix-run/react";
import { MessageCircle } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useHydrated } from "remix-utils/use-hydrated";
import type { ChatDetails } from "~/modules/chats/index.server";
import { noticeText } from "~/modules/chats/ui/notice-text";
import { type ChatReader, CustomerMessages } from "~/modules/realtime/ui/customer-messages";
import { TypingLine, useTypist } from "~/modules/realtime/ui/typing-line";
import { useThread } from "~/modules/realtime/ui/use-thread";
import type { Thread } from "~/modules/tickets/index.server";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Composer } from "~/ui/conversation/composer";
import { EmptyState } from "~/ui/state/empty-state";
import { ChatHeader } from "./chat-header";
import { ChatOptions } from "./chat-options";

type PeopleChatProps = { chat: ChatDetails; thread: Thread; accountId: string };

/** A direct chat or a group, as one who takes part. */
export function PeopleChat({ chat, thread, accountId }: PeopleChatProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const typist = useTypist();
  const { revalidate } = useRevalidator();
  const live = useThread({
    loaded: thread,
    accountId,
    onSignal: (event, data) => {
      if ((data as { who?: { id?: string } }).who?.id !== accountId) typist.hear(event);
    },
    onResync: revalidate,
  });
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.id !== accountId)?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  const group = chat.kind !== "direct";
  const reader = useChatReader(accountId, group, live.customer_read_seq);
  return (
    <section aria-label={t("chat.with", { name: chat.title })} className="flex min-h-0 flex-1 flex-col">
      <ChatHeader
        picture={<Avatar id={chat.other?.id ?? chat.id} name={chat.title} />}
        title={chat.title}
        subtitle={
          group ? (
            <Link to={`/chats/${chat.id}/people`} className="hover:underline">
              {t("chat.peopleCount", { count: chat.people.length })}
            </Link>
          ) : (
            chat.other?.handle && `@${chat.other.handle}`
          )
        }
        actions={<ChatOptions chat={chat} />}
      />
      {!chat.accepted && <RequestNote name={chat.title} />}
      {live.messages.length === 0 && live.pending.length === 0 ? (
        <div className="m-auto">
          <EmptyState icon={<MessageCircle />} title={t("chat.with", { name: chat.title })} text={t("chat.start")} />
        </div>
      ) : (
        <CustomerMessages live={live} as={reader} />
      )}
      <TypingLine shown={typist.typing} />
      <Composer
        onSend={live.send}
        onText={live.typing}
        waiting={!hydrated}
        autoFocus={chat.accepted}
        above={chat.waits && <p className="px-4 pt-2 text-ink-soft text-sm">{t("chat.waits", { name: chat.title })}</p>}
        blocked={chat.blocked && t("chat.blocked", { name: chat.title })}
      />
    </section>
  );
}

/** Own words stand at the end, with one tick for stored and, in a direct chat, one for read. */
function useChatReader(accountId: string, group: boolean, readSeq: number): ChatReader {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const isOwn: ChatReader["isOwn"] = ({ author }) => author.kind === "account" && author.id === accountId;
    return {
      isOwn,
      group,
      see: (message) => ({
        ...message,
        ...(message.notice && { text: noticeText(t, message.notice, i18n.language) }),
        delivery: isOwn(message) ? (!group && message.seq <= readSeq ? "read" : "sent") : null,
      }),
    };
  }, [accountId, group, readSeq, t, i18n.language]);
}

/** A stranger writes for the first time: nothing is told of the reader until they choose. */
function RequestNote({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <div className="border-line border-b bg-accent-soft px-4 py-3">
      <p className="font-medium">{t("chat.requestFrom", { name })}</p>
      <p className="mt-0.5 text-ink-soft text-sm">{t("chat.requestHint")}</p>
      <Form method="post" className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="accept" variant="primary">
          {t("chat.accept")}
        </Button>
        <Button type="submit" name="intent" value="decline" variant="quiet">
          {t("chat.decline")}
        </Button>
        <Button type="submit" name="intent" value="block" variant="plain">
          {t("chat.block")}
        </Button>
      </Form>
    </div>
  );
}
