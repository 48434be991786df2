import { useCallback, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { ScheduledMessage } from "~/modules/tickets/index.server";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { newId } from "~/platform/ids";
import { useMomentWords } from "~/ui/conversation/later/moment-words";
import { useToasts } from "~/ui/overlay/toasts";
import { useHubEvents } from "../hub-provider";

const ofMessage = (id: string) => `/scheduled/${id}`;

/** What is to be said later: with the ids of files that are up already. */
type Said = { text: string; attachments?: readonly string[]; replyTo?: string | null };

/** What the account will send to a conversation, and what can be done about it. `onFailed` gets back words that were refused. */
export function useScheduled(
  conversationId: string,
  loaded: readonly ScheduledMessage[],
  onFailed: (text: string) => void,
) {
  const { t } = useTranslation();
  const { show } = useToasts();
  const words = useMomentWords();
  const [messages, setMessages] = useState(loaded);
  const [source, setSource] = useState(loaded);
  if (source !== loaded) {
    setSource(loaded);
    setMessages(loaded);
  }
  const path = `/conversations/${conversationId}/scheduled`;
  const refresh = useCallback(async () => {
    const loaded = await askServer<{ scheduled: ScheduledMessage[] }>(path).catch(() => null);
    if (loaded) setMessages(loaded.scheduled);
  }, [path]);
  useHubEvents(({ event, data }) => {
    if (event === "scheduled.changed" && (data as { conversation: string }).conversation === conversationId)
      void refresh();
  });

  /** Says what went wrong; whether nothing did. */
  const settle = async (asked: Promise<unknown>): Promise<boolean> => {
    const code = await asked.then(() => null, codeOfRefusal);
    if (code) show({ text: t([`errors.${code}`, "errors.unexpected"]), tone: "problem" });
    await refresh();
    return code === null;
  };
  /** Resolves with whether it waits there now. */
  const schedule = async (said: Said, at: Date, id = newId()): Promise<boolean> => {
    const { text, attachments = [], replyTo = null } = said;
    if (!text && attachments.length === 0) return false;
    const asked = { client_id: id, text, attachments, reply_to: replyTo, send_at: at.toISOString() };
    const kept = await settle(askServer(path, asked));
    if (kept) show({ text: t("later.scheduled.kept", { when: words(at.getTime()) }), tone: "done" });
    else onFailed(text);
    return kept;
  };
  return {
    messages,
    schedule,
    change: (id: string, text: string, at: Date) =>
      settle(askServer(ofMessage(id), { text, send_at: at.toISOString() }, { method: "PATCH" })),
    sendNow: (id: string) => settle(askServer(ofMessage(id), undefined, { method: "POST" })),
    cancel: async ({ id, send_at, text, attachments, reply_to: replyTo }: ScheduledMessage) => {
      if (!(await settle(askServer(ofMessage(id), undefined, { method: "DELETE" })))) return;
      const said = { text, attachments: attachments.map((file) => file.id), replyTo };
      const undo = () => void schedule(said, new Date(send_at), id);
      show({ text: t("later.scheduled.cancelled"), action: { label: t("later.undo"), onAction: undo }, stay: 10_000 });
    },
  };
}

export type Scheduled = ReturnType<typeof useScheduled>;
