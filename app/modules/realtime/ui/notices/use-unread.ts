import { useCallback, useEffect, useRef, useState } from "react";
import type { TicketSummary } from "~/modules/tickets";
import type { Unread } from "~/modules/tickets/index.server";
import { askServer } from "~/platform/ask-server";
import { useHubEvents, useHubStatus, useTopic } from "../hub-provider";

/** So often, at most, it is counted anew while much is said. */
const EVERY_MS = 1_000;

/** What there is to read of the account, kept up with what happens; null until it was counted. */
export function useUnread(working: { orgId: string; memberId: string } | null): Unread | null {
  const [unread, setUnread] = useState<Unread | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // What cannot be counted now is counted with what comes next, or when the way is back.
      askServer<Unread>("/unread").then(setUnread, () => undefined);
    }, EVERY_MS);
  }, []);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  const orgId = working?.orgId;
  const open = useHubStatus() === "open";
  // biome-ignore lint/correctness/useExhaustiveDependencies: of each organisation its own, and anew once the way is back.
  useEffect(soon, [open, orgId, soon]);
  useHubEvents(({ event }) => {
    if (event === "chats.changed" || event === "read") soon();
  });
  // Of an organisation's tickets there is much news: only one's own are counted.
  const mine = useRef(new Set<string>());
  useTopic(orgId ? `organisation:${orgId}:tickets` : null, undefined, {
    onEvent({ event, data }) {
      if (event === "notice.created" || event === "notice.read") return soon();
      if (event !== "ticket.changed" && event !== "ticket.left") return;
      const { ticket } = data as { ticket: TicketSummary | string };
      const id = typeof ticket === "string" ? ticket : ticket.id;
      const isMine = typeof ticket !== "string" && ticket.assignee?.id === working?.memberId;
      if (isMine || mine.current.has(id)) soon();
      if (isMine) mine.current.add(id);
      else mine.current.delete(id);
    },
    onResync: soon,
  });
  return unread;
}
