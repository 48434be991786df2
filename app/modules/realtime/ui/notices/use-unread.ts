import { useCallback, useEffect, useRef, useState } from "react";
import type { TicketSummary } from "~/modules/tickets";
import { askServer } from "~/platform/ask-server";
import { useHubEvents, useHubStatus, useTopic } from "../hub-provider";
import type { Unread } from "./unread";

/** So often, at most, it is counted anew while much is said. */
const EVERY_MS = 1_000;

type Working = { orgId: string; memberId: string } | null;

/** What there is to read of the account, kept up with what happens; null until it was counted. */
export function useUnread(working: Working): Unread | null {
  const [unread, setUnread] = useState<Unread | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // What cannot be counted now is counted with what comes next, or when the way is back.
      askServer<Unread>("/unread").then(setUnread, () => undefined);
    }, EVERY_MS);
  }, []);
  useEffect(() => {
    soon();
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [soon]);
  // Of each organisation its own.
  const orgId = working?.orgId;
  const status = useHubStatus();
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew in another organisation, and once the way is back.
  useEffect(() => {
    if (status === "open") soon();
  }, [status, orgId, soon]);
  const mine = useRef(new Set<string>());
  useHubEvents(({ event, data }) => {
    if (event === "chats.changed" || event === "read") return soon();
    if (event !== "ticket.changed" && event !== "ticket.left") return;
    const id = event === "ticket.left" ? (data as { ticket: string }).ticket : ticketOf(data).id;
    const isMine = event === "ticket.changed" && ticketOf(data).assignee?.id === working?.memberId;
    if (isMine || mine.current.has(id)) soon();
    if (isMine) mine.current.add(id);
    else mine.current.delete(id);
  });
  useTopic(orgId ? `organisation:${orgId}:tickets` : null, undefined, { onEvent: () => {}, onResync: soon });
  return unread;
}

const ticketOf = (data: unknown) => (data as { ticket: TicketSummary }).ticket;
