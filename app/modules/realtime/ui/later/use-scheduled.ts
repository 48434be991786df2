import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScheduledMessage } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { useMomentWords } from "~/ui/conversation/later/moment-words";
import { useToasts } from "~/ui/overlay/toasts";
import { useHubEvents } from "../hub-provider";
import {
  deleteScheduled,
  fetchScheduled,
  type Outcome,
  patchScheduled,
  postScheduled,
  sendScheduledAtOnce,
} from "./scheduled-calls";

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
  const refresh = useCallback(async () => {
    const { done } = await fetchScheduled(conversationId);
    if (done) setMessages(done.scheduled);
  }, [conversationId]);
  useHubEvents(({ event, data }) => {
    if (event === "scheduled.changed" && (data as { conversation: string }).conversation === conversationId)
      void refresh();
  });

  /** Says what went wrong; whether nothing did. */
  const settle = async <T>(outcome: Promise<Outcome<T>>): Promise<boolean> => {
    const { code } = await outcome;
    if (code) show({ text: t(`errors.${code}`, { defaultValue: t("errors.unexpected") }), tone: "problem" });
    await refresh();
    return code === null;
  };
  const schedule = async (text: string, at: Date, id = newId()) => {
    if (!text) return;
    if (await settle(postScheduled(conversationId, id, text, at.toISOString())))
      show({ text: t("later.scheduled.kept", { when: words(at.getTime()) }), tone: "done" });
    else onFailed(text);
  };
  return {
    messages,
    schedule,
    change: (id: string, text: string, at: Date) => settle(patchScheduled(id, { text, send_at: at.toISOString() })),
    sendNow: (id: string) => settle(sendScheduledAtOnce(id)),
    cancel: async ({ id, text, send_at }: ScheduledMessage) => {
      if (!(await settle(deleteScheduled(id)))) return;
      const undo = () => void schedule(text, new Date(send_at), id);
      show({ text: t("later.scheduled.cancelled"), action: { label: t("later.undo"), onAction: undo }, stay: 10_000 });
    },
  };
}

export type Scheduled = ReturnType<typeof useScheduled>;
