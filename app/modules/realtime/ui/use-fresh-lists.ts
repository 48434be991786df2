import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useHubEvents } from "./hub-provider";

/** So often, at most, the list is loaded anew while much is said. */
const EVERY_MS = 1_000;

/** Loads the account's list of chats anew when one of them changed, and once the way to the server is back. */
export function useFreshLists(): void {
  const { revalidate } = useRevalidator();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useHubEvents(({ event }) => {
    if (event !== "chats.changed") return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      revalidate();
    }, EVERY_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
