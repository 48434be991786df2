import { useEffect, useRef } from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { useTranslation } from "~/i18n/translation";
import type { ChatDetails } from "~/modules/chats/index.server";
import { fileIdOf, type UploadItem } from "~/modules/files/ui/uploading/upload-items";
import type { UploadFiles } from "~/modules/files/ui/use-uploads";
import type { Thread } from "~/modules/tickets/index.server";
import { EditComposer } from "~/modules/tickets/ui/deeds/edit-composer";
import type { MessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { Composer } from "~/ui/conversation/composer";
import { ScheduledList } from "../later/scheduled-list";
import { SendLater } from "../later/send-later";
import type { useScheduled } from "../later/use-scheduled";
import type { useServerDraft } from "../later/use-server-draft";
import type { useThread } from "../use-thread";

type ChatComposerProps = {
  chat: ChatDetails;
  live: ReturnType<typeof useThread<Thread>>;
  /** Sends with the files that are there. */
  send: (text: string, options?: { replyTo?: string | null }) => void;
  files: UploadFiles;
  takeFiles: () => Promise<readonly UploadItem[]>;
  deeds: MessageDeeds;
  draft: ReturnType<typeof useServerDraft>;
  scheduled: ReturnType<typeof useScheduled>;
};

/** Where one writes into a chat, answers one of its messages, or changes one's own. */
export function ChatComposer({ chat, live, send, files, takeFiles, deeds, draft, scheduled }: ChatComposerProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const { asking, stop } = deeds;
  const answered = asking?.deed === "reply" ? asking.message : null;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answered) box.current?.querySelector("textarea")?.focus();
  }, [answered]);
  // What is sent later needs its files whole: the server keeps them, and this browser may be gone by then.
  const moving = files.looking || files.list.some(({ state }) => state !== "ready");
  const sendLater = async (text: string, at: Date) => {
    const taken = await takeFiles();
    const said = { text, attachments: taken.map(fileIdOf), replyTo: answered?.id };
    if (await scheduled.schedule(said, at)) stop();
    else if (taken.length > 0) files.putBack(taken);
  };
  if (asking?.deed === "edit") return <EditComposer deeds={deeds} />;
  return (
    <div ref={box}>
      <Composer
        key={draft.key}
        draft={draft.text}
        onSend={(text) => {
          send(text, { replyTo: answered?.id ?? null });
          stop();
        }}
        files={{
          ...files,
          sendVoice: (recording) => {
            files.sendVoice(recording, { replyTo: answered?.id ?? null });
            stop();
          },
        }}
        onText={(text) => {
          draft.keep(text);
          if (text) live.typing();
        }}
        waiting={!hydrated}
        autoFocus={chat.accepted}
        replyingTo={
          answered && {
            name: answered.author.name,
            text: wordsOf(t, answered.text, answered.attachments[0]) || (answered.card ? t("ticket.card") : ""),
          }
        }
        onCancelReply={stop}
        onCancel={answered ? stop : undefined}
        above={
          <>
            {chat.waits && <p className="px-4 pt-2 text-ink-soft text-sm">{t("chat.waits", { name: chat.title })}</p>}
            <ScheduledList scheduled={scheduled} />
          </>
        }
        end={(take) => <SendLater disabled={!hydrated || moving} onPick={(at) => void sendLater(take(), at)} />}
        blocked={chat.blocked && t("chat.blocked", { name: chat.title })}
      />
    </div>
  );
}
