import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "~/modules/messaging";
import { changeMessage, type MessageChange } from "~/modules/realtime/ui/change-message";
import { useToasts } from "~/ui/overlay/toasts";
import type { MessageDeed } from "./message-menu";

/** What a reader is about to do with one message of a chat, and what they do at once. */
export function useMessageDeeds(conversationId: string) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [asking, setAsking] = useState<{ deed: "reply" | "edit" | "delete"; message: Message } | null>(null);
  const change = useCallback(
    async (message: Message, what: MessageChange) => {
      const code = await changeMessage(conversationId, message.id, what);
      if (code) toasts.show({ tone: "problem", text: t([`errors.${code}`, "errors.unexpected"]) });
    },
    [conversationId, t, toasts],
  );
  const run = useCallback(
    (deed: MessageDeed, message: Message) => {
      if (deed !== "copy") return setAsking({ deed, message });
      void navigator.clipboard
        .writeText(message.text)
        .then(() => toasts.show({ tone: "done", text: t("thread.copied") }));
    },
    [t, toasts],
  );
  const react = useCallback(
    (message: Message, emoji: string, on: boolean) => void change(message, { do: "react", emoji, on }),
    [change],
  );
  const stop = useCallback(() => setAsking(null), []);
  return { asking, run, react, change, stop };
}

export type MessageDeeds = ReturnType<typeof useMessageDeeds>;
