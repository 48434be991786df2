import { useCallback, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import type { MessageDeed } from "~/modules/tickets";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { useToasts } from "~/ui/overlay/toasts";

/** What asks for more before it is done. */
type Asking = "reply" | "edit" | "delete" | "forward" | "readers" | "report";

type MessageChange = { do: "edit"; text: string } | { do: "delete" } | { do: "react"; emoji: string; on: boolean };

/** What a reader is about to do with one message of a conversation, and what they do at once. */
export function useMessageDeeds(conversationId: string, isStarred: (id: string) => boolean) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const starred = useRef(isStarred);
  starred.current = isStarred;
  const [asking, setAsking] = useState<{ deed: Asking; message: Message } | null>(null);
  const tell = useCallback(
    async (path: string, body: object) => {
      try {
        await askServer(path, body);
        return true;
      } catch (error) {
        toasts.show({ tone: "problem", text: t([`errors.${codeOfRefusal(error)}`, "errors.unexpected"]) });
        return false;
      }
    },
    [t, toasts],
  );
  const change = useCallback(
    (message: Message, what: MessageChange) => tell(`/conversations/${conversationId}/message/${message.id}`, what),
    [conversationId, tell],
  );
  const hide = useCallback(
    async ({ id }: Message) => {
      const mark = (hidden: boolean) => tell(`/messages/${id}/marks`, { hidden });
      if (!(await mark(true))) return;
      const action = { label: t("thread.undo"), onAction: () => void mark(false) };
      toasts.show({ tone: "done", text: t("thread.hidden"), action, stay: 10_000 });
    },
    [t, tell, toasts],
  );
  const copy = useCallback(
    ({ text }: Message) =>
      void navigator.clipboard.writeText(text).then(() => toasts.show({ tone: "done", text: t("thread.copied") })),
    [t, toasts],
  );
  const run = useCallback(
    (deed: MessageDeed, message: Message) => {
      if (deed === "copy") copy(message);
      else if (deed === "hide") void hide(message);
      else if (deed === "star") void tell(`/messages/${message.id}/marks`, { starred: !starred.current(message.id) });
      else if (deed === "pin") void tell(`/messages/${message.id}/pin`, { on: message.pinned_at === null });
      else setAsking({ deed, message });
    },
    [copy, hide, tell],
  );
  const react = useCallback(
    (message: Message, emoji: string, on: boolean) => void change(message, { do: "react", emoji, on }),
    [change],
  );
  const stop = useCallback(() => setAsking(null), []);
  return { asking, run, react, change, tell, stop };
}

export type MessageDeeds = ReturnType<typeof useMessageDeeds>;
