import { Pencil, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useHydrated } from "remix-utils/use-hydrated";
import type { ChatDetails } from "~/modules/chats/index.server";
import type { UploadFiles } from "~/modules/files/ui/use-uploads";
import { ScheduledList } from "~/modules/realtime/ui/later/scheduled-list";
import { SendLater } from "~/modules/realtime/ui/later/send-later";
import type { useScheduled } from "~/modules/realtime/ui/later/use-scheduled";
import type { useServerDraft } from "~/modules/realtime/ui/later/use-server-draft";
import type { useThread } from "~/modules/realtime/ui/use-thread";
import type { Thread } from "~/modules/tickets/index.server";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { Composer } from "~/ui/conversation/composer";
import { IconButton } from "~/ui/icon-button";
import type { MessageDeeds } from "./thread/use-message-deeds";

type ChatComposerProps = {
  chat: ChatDetails;
  live: ReturnType<typeof useThread<Thread>>;
  /** Sends with the files that are there. */
  send: (text: string, options?: { replyTo?: string | null }) => void;
  files: UploadFiles;
  deeds: MessageDeeds;
  draft: ReturnType<typeof useServerDraft>;
  scheduled: ReturnType<typeof useScheduled>;
};

/** Where one writes into a chat, answers one of its messages, or changes one's own. */
export function ChatComposer({ chat, live, send, files, deeds, draft, scheduled }: ChatComposerProps) {
  const { t } = useTranslation();
  const hydrated = useHydrated();
  const { asking, stop, change } = deeds;
  const answered = asking?.deed === "reply" ? asking.message : null;
  const edited = asking?.deed === "edit" ? asking.message : null;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answered) box.current?.querySelector("textarea")?.focus();
  }, [answered]);
  if (edited) {
    return (
      <Composer
        key={`edit ${edited.id}`}
        draft={edited.text}
        autoFocus
        above={<EditLine onStop={stop} />}
        onSend={(text) => {
          if (text !== edited.text) void change(edited, { do: "edit", text });
          stop();
        }}
        onCancel={stop}
      />
    );
  }
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
          answered && { name: answered.author.name, text: wordsOf(t, answered.text, answered.attachments[0]) }
        }
        onCancelReply={stop}
        onCancel={answered ? stop : undefined}
        above={
          <>
            {chat.waits && <p className="px-4 pt-2 text-ink-soft text-sm">{t("chat.waits", { name: chat.title })}</p>}
            <ScheduledList scheduled={scheduled} />
          </>
        }
        end={(take) => <SendLater disabled={!hydrated} onPick={(at) => void scheduled.schedule(take(), at)} />}
        blocked={chat.blocked && t("chat.blocked", { name: chat.title })}
      />
    </div>
  );
}

function EditLine({ onStop }: { onStop: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="mb-2 flex items-center gap-2 border-accent border-s-2 ps-2">
      <Pencil aria-hidden className="size-4 text-ink-soft" />
      <p className="min-w-0 flex-1 text-sm">{t("thread.editing")}</p>
      <IconButton label={t("thread.stopEditing")} icon={<X aria-hidden />} onClick={onStop} />
    </div>
  );
}
