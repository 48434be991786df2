import { Link } from "@remix-run/react";
import { MessageCircle, Search } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { pickedChoices } from "~/modules/messaging/ui/picked-choices";
import { ChatHeader } from "~/modules/realtime/ui/chat/chat-header";
import type { ChatReader } from "~/modules/realtime/ui/chat/chat-item";
import { ChatThread } from "~/modules/realtime/ui/chat/chat-thread";
import { useServerDraft } from "~/modules/realtime/ui/later/use-server-draft";
import { TypingLine, useTypist } from "~/modules/realtime/ui/typing-line";
import { useThread } from "~/modules/realtime/ui/use-thread";
import { useThreadFiles } from "~/modules/realtime/ui/use-thread-files";
import type { Draft, Thread } from "~/modules/tickets/index.server";
import { DeedDialogs } from "~/modules/tickets/ui/deeds/deed-dialogs";
import { EditComposer } from "~/modules/tickets/ui/deeds/edit-composer";
import { FindingBars } from "~/modules/tickets/ui/deeds/finding-bars";
import { useFinding } from "~/modules/tickets/ui/deeds/use-finding";
import { useMessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import { Avatar } from "~/ui/avatar";
import { buttonClass } from "~/ui/button";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { ChoiceButtons } from "~/ui/conversation/choice-buttons";
import { Composer } from "~/ui/conversation/composer";
import { DropFiles } from "~/ui/conversation/composer-files/drop-files";
import { IconButton } from "~/ui/icon-button";
import { EmptyState } from "~/ui/state/empty-state";
import { useReload } from "~/ui/state/use-reload";

type OrganisationChatProps = {
  organisation: { name: string; handle: string };
  thread: Thread;
  accountId: string;
  draft: Draft;
  /** The message to begin at, in place of the newest. */
  startAt?: number;
};

/** A chat of an account with an organisation, as its customer. */
export function OrganisationChat({ organisation, thread, accountId, draft: loaded, startAt }: OrganisationChatProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const typist = useTypist();
  const reload = useReload();
  const opened = useThread({ loaded: thread, accountId: null, onSignal: typist.hear, onResync: reload });
  const { live, files, send } = useThreadFiles(opened);
  const draft = useServerDraft({ accountId, conversationId: thread.conversation_id, loaded });
  const { sent } = typist;
  const heard = live.messages.findLast((message) => message.author.kind !== "contact")?.seq;
  useEffect(() => {
    if (heard) sent();
  }, [heard, sent]);
  const reader = useCustomer(live.messages);
  const deeds = useMessageDeeds(live.conversation_id, (id) => live.starred.includes(id));
  const find = useFinding(live.pinned);
  const choicesOf = useChoices(live);
  const { asking, stop } = deeds;
  const answered = asking?.deed === "reply" ? asking.message : null;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answered) box.current?.querySelector("textarea")?.focus();
  }, [answered]);
  const replyTo = answered?.id ?? null;
  return (
    <DropFiles
      onFiles={files.add}
      label={t("chat.with", { name: organisation.name })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <ChatHeader
        picture={<Avatar id={organisation.handle} name={organisation.name} />}
        title={organisation.name}
        actions={
          <>
            <IconButton
              label={t("thread.search")}
              icon={<Search aria-hidden />}
              pressed={find.searching}
              onClick={find.toggle}
            />
            <Link to={`/chats/${thread.conversation_id}/media`} className={buttonClass("plain")}>
              {t("media.gallery.title")}
            </Link>
          </>
        }
      />
      <FindingBars finding={find} conversationId={live.conversation_id} pinned={live.pinned} />
      {live.messages.length === 0 && live.pending.length === 0 ? (
        <div className="m-auto">
          <EmptyState
            icon={<MessageCircle />}
            title={t("chat.with", { name: organisation.name })}
            text={t("chat.start")}
          />
        </div>
      ) : (
        <ChatThread
          live={live}
          reader={reader}
          startAt={startAt}
          goTo={find.goTo}
          deeds={deeds}
          choicesOf={choicesOf}
        />
      )}
      <TypingLine shown={typist.typing} />
      <EditComposer deeds={deeds} />
      <div ref={box} hidden={asking?.deed === "edit"}>
        <Composer
          key={draft.key}
          draft={draft.text}
          onSend={(text) => {
            send(text, { replyTo });
            stop();
          }}
          files={{
            ...files,
            sendVoice: (recording) => {
              files.sendVoice(recording, { replyTo });
              stop();
            },
          }}
          replyingTo={
            answered && { name: answered.author.name, text: wordsOf(t, answered.text, answered.attachments[0]) }
          }
          onCancelReply={stop}
          onCancel={answered ? stop : undefined}
          onText={(text) => {
            draft.keep(text);
            if (text) live.typing();
          }}
          waiting={!hydrated}
          autoFocus
        />
      </div>
      <DeedDialogs deeds={deeds} conversationId={live.conversation_id} />
    </DropFiles>
  );
}

/** The reader of a chat with an organisation: by what they said, their contact's id is known. */
function useCustomer(messages: readonly Message[]): ChatReader {
  const id = messages.find(({ author }) => author.kind === "contact")?.author.id ?? "";
  return useMemo(() => {
    const shown = { pictures: false, named: true, readSeq: 0 };
    return { kind: "contact", id, admin: false, open: true, pins: false, carried: false, ...shown };
  }, [id]);
}

/** What the bot's last words offer to be picked, and what was picked of its former ones. */
function useChoices({ messages, send }: { messages: readonly Message[]; send: (text: string) => void }) {
  const picked = useMemo(() => pickedChoices(messages), [messages]);
  const lastOwn = messages.findLast(({ author }) => author.kind === "contact")?.seq ?? 0;
  return useCallback(
    (message: Message) =>
      message.choices.length > 0 && (
        <ChoiceButtons
          choices={message.choices}
          picked={picked.get(message.id)}
          onPick={message.seq > lastOwn ? (choice) => send(choice.label) : undefined}
        />
      ),
    [picked, lastOwn, send],
  );
}
