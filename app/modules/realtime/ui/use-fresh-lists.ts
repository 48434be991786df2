import { useCallback, useEffect, useRef } from "react";
import { useReload } from "~/ui/state/use-reload";
import { useHubEvents, useHubStatus } from "./hub-provider";

/** So often, at most, the list is loaded anew while much is said. */
const EVERY_MS = 1_000;

/**
 * How often, on average, a list with a large group is loaded anew while it is looked at: to tell a thousand people of each
 * message would make a thousand loads of it, and this makes some twenty a second at most, whatever is said.
 */
const LARGE_EVERY_MS = 45_000;
/** Neither all at once. */
const nextLook = () => LARGE_EVERY_MS * (0.5 + Math.random());

/**
 * Loads the account's list of chats anew when one of them changed, when the account read in one on another device, and once
 * the way to the server is back. `large`: it holds a group of which nobody is told.
 */
export function useFreshLists(accountId: string, large: boolean): void {
  const reload = useReload();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      reload();
    }, EVERY_MS);
  }, [reload]);
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
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!large) return;
    let looking: ReturnType<typeof setTimeout>;
    const look = () => {
      if (document.visibilityState === "visible") soon();
      looking = setTimeout(look, nextLook());
    };
    looking = setTimeout(look, nextLook());
    return () => clearTimeout(looking);
  }, [large, soon]);
}
