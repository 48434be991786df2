import { useCallback, useEffect, useRef, useState } from "react";
import { useHubEvents } from "~/modules/realtime/ui/hub-provider";
import type { SideThread } from "~/modules/tickets/index.server";
import { askServer } from "~/platform/ask-server";

const REST_MS = 500;

/** The ticket's side threads, with what is unread in each kept up to date. */
export function useSideThreads(ticketId: string, loaded: readonly SideThread[]): readonly SideThread[] {
  const [threads, setThreads] = useState(loaded);
  const [source, setSource] = useState(loaded);
  if (source !== loaded) {
    setSource(loaded);
    setThreads(loaded);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const again = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // What did not come comes with the next word.
      askServer<{ threads: SideThread[] }>(`/inbox/${ticketId}/threads`).then(
        (told) => setThreads(told.threads),
        () => undefined,
      );
    }, REST_MS);
  }, [ticketId]);
  useHubEvents(({ event, data }) => {
    if (event !== "chats.changed" && event !== "read") return;
    const { conversation } = data as { conversation?: string };
    // One that colleagues opened meanwhile is not known yet.
    if (event === "chats.changed" || threads.some(({ id }) => id === conversation)) again();
  });
  return threads;
}
