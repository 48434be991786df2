import { Form } from "@remix-run/react";
import { MessageCircle, Search } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import { pictureAddress } from "~/modules/chats";
import type { ChatDetails } from "~/modules/chats/index.server";
import type { Draft, ScheduledMessage, Thread } from "~/modules/tickets/index.server";
import { DeedDialogs } from "~/modules/tickets/ui/deeds/deed-dialogs";
import { FindingBars } from "~/modules/tickets/ui/deeds/finding-bars";
import { type Finding, useFinding } from "~/modules/tickets/ui/deeds/use-finding";
import { useMessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { DropFiles } from "~/ui/conversation/composer-files/drop-files";
import { MentionPicker } from "~/ui/conversation/mentions/mention-picker";
import { IconButton } from "~/ui/icon-button";
import { EmptyState } from "~/ui/state/empty-state";
import { useReload } from "~/ui/state/use-reload";
import { PresenceLine } from "../later/presence-line";
import { useScheduled } from "../later/use-scheduled";
import { useServerDraft } from "../later/use-server-draft";
import { TypingLine, useTypist } from "../typing-line";
import { useThread } from "../use-thread";
import { useThreadFiles } from "../use-thread-files";
import { ChatComposer } from "./chat-composer";
import { ChatHeader } from "./chat-header";
import type { ChatReader } from "./chat-item";
import { ChatThread } from "./chat-thread";
import { GroupSubtitle } from "./group-subtitle";
import { useCardWords } from "./ticket-card";

type PeopleChatProps = {
  chat: ChatDetails;
  thread: Thread;
  accountId: string;
  /** The message to begin at, in place of the newest. */
  startAt?: number;
  draft: Draft;
  scheduled: readonly ScheduledMessage[];
  /** What its messages are called where another conversation stands beside it. */
  label?: string;
  /** What stands above, where it is not the chat's own head. */
  header?: (finding: Finding) => ReactNode;
  /** What else can be done with the chat. */
  options?: ReactNode;
};

/** A direct chat or a group, as one who takes part. */
export function PeopleChat({ chat, thread, accountId, startAt, label, header, options, ...loaded }: PeopleChatProps) {
  const { t } = useTranslation();
  const typist = useTypist();
  const reload = useReload();
  const opened = useThread({
    loaded: thread,
    accountId,
    onSignal: (event, data) => {
      if ((data as { who?: { id?: string } }).who?.id !== accountId) typist.hear(event);
    },
    onResync: reload,
  });
  const { live, files, send, take } = useThreadFiles(opened);
  const draft = useServerDraft({ accountId, conversationId: chat.id, loaded: loaded.draft });
  const scheduled = useScheduled(chat.id, loaded.scheduled, draft.put);
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.id !== accountId)?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  const group = chat.kind !== "direct";
  const readSeq = group ? 0 : live.customer_read_seq;
  const open = !chat.blocked;
  const pins = chat.can.pin;
  const reader = useMemo((): ChatReader => {
    const shown = { pictures: group, named: group, readSeq };
    return { kind: "account", id: accountId, admin: false, carried: false, open, pins, ...shown };
  }, [accountId, group, readSeq, open, pins]);
  const deeds = useMessageDeeds(chat.id, (id) => live.starred.includes(id));
  const find = useFinding(live.pinned);
  const cards = useCardWords(live.pinned);
  const callable = useMemo(
    () => chat.people.filter(({ id }) => id !== accountId).map(({ id, name }) => ({ id, name, handle: null })),
    [chat.people, accountId],
  );
  return (
    <DropFiles
      onFiles={chat.blocked ? null : files.add}
      label={t("chat.with", { name: chat.title })}
      className="flex min-h-0 flex-1 flex-col"
    >
      {header?.(find) ?? <Head chat={chat} find={find} options={options} />}
      <FindingBars
        finding={find}
        conversationId={chat.id}
        pinned={live.pinned}
        cards={cards}
        onUnpin={pins ? (id) => void deeds.tell(`/messages/${id}/pin`, { on: false }) : undefined}
      />
      {!chat.accepted && <RequestNote name={chat.title} />}
      {live.messages.length === 0 && live.pending.length === 0 ? (
        <div className="m-auto">
          <EmptyState icon={<MessageCircle />} title={t("chat.with", { name: chat.title })} text={t("chat.start")} />
        </div>
      ) : (
        <ChatThread label={label} live={live} reader={reader} startAt={startAt} goTo={find.goTo} deeds={deeds} />
      )}
      <TypingLine shown={typist.typing} />
      <MentionPicker people={group ? callable : []}>
        <ChatComposer
          chat={chat}
          live={live}
          send={send}
          files={files}
          takeFiles={take}
          deeds={deeds}
          draft={draft}
          scheduled={scheduled}
        />
      </MentionPicker>
      <DeedDialogs deeds={deeds} conversationId={chat.id} />
    </DropFiles>
  );
}

type HeadProps = { chat: ChatDetails; find: Finding; options: ReactNode };

/** With whom it is, and what can be done with it. */
function Head({ chat, find, options }: HeadProps) {
  const { t } = useTranslation();
  const group = chat.kind !== "direct";
  return (
    <ChatHeader
      picture={<Avatar id={chat.other?.id ?? chat.id} name={chat.title} image={pictureAddress(chat.pictureId)} />}
      title={chat.title}
      subtitle={
        group ? (
          <GroupSubtitle chat={chat} />
        ) : (
          chat.other && (
            <PresenceLine
              accountId={chat.other.id}
              presence={chat.presence}
              otherwise={chat.other.handle && `@${chat.other.handle}`}
            />
          )
        )
      }
      actions={
        <>
          <IconButton
            label={t("thread.search")}
            icon={<Search aria-hidden />}
            pressed={find.searching}
            onClick={find.toggle}
          />
          {options}
        </>
      }
    />
  );
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
