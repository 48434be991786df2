import { useCallback, useEffect, useRef } from "react";
import { useReload } from "~/ui/state/use-reload";
import { useHubEvents, useHubStatus } from "./hub-provider";

/** So often, at most, the list is loaded anew while much is said. */
const EVERY_MS = 1_000;

/**
 * Loads the account's list of chats anew when one of them changed, when the account read in one on another device, and once
 * the way to the server is back. Returns the way to have it loaded besides: at some moment within the milliseconds given, so
 * that a thousand who learn of the same do not all ask at once.
 */
export function useFreshLists(accountId: string): (withinMs?: number) => void {
  const reload = useReload();
  const planned = useRef<{ timer: ReturnType<typeof setTimeout>; at: number }>();
  const soon = useCallback(
    (withinMs = 0) => {
      const wait = EVERY_MS + Math.random() * withinMs;
      const at = Date.now() + wait;
      if (planned.current && planned.current.at <= at) return;
      clearTimeout(planned.current?.timer);
      const load = () => {
        planned.current = undefined;
        reload();
      };
      planned.current = { timer: setTimeout(load, wait), at };
    },
    [reload],
  );
  useHubEvents(({ event, data }) => {
    const isOwn = () => (data as { reader: { id: string | null } }).reader.id === accountId;
    if (event === "chats.changed" || (event === "read" && isOwn())) soon();
  });
  // What was said meanwhile is told of no more.
  const status = useHubStatus();
  const wasAway = useRef(false);
  useEffect(() => {
    if (status === "open" && wasAway.current) soon();
    if (status === "open" || status === "offline") wasAway.current = status === "offline";
  }, [status, soon]);
  useEffect(() => () => clearTimeout(planned.current?.timer), []);
  return soon;
}
