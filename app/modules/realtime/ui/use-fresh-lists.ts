import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";
import { useHubEvents, useHubStatus } from "./hub-provider";

/** So often, at most, the list is loaded anew while much is said. */
const EVERY_MS = 1_000;

/** Loads the account's list of chats anew when one of them changed, and once the way to the server is back. */
export function useFreshLists(): void {
  const { revalidate } = useRevalidator();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      revalidate();
    }, EVERY_MS);
  }, [revalidate]);
  useHubEvents(({ event }) => {
    if (event === "chats.changed") soon();
  });
  // What was said meanwhile is told of no more.
  const status = useHubStatus();
  const wasAway = useRef(false);
  useEffect(() => {
    if (status === "open" && wasAway.current) soon();
    if (status === "open" || status === "offline") wasAway.current = status === "offline";
  }, [status, soon]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
