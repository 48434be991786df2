import { useCallback, useEffect } from "react";
import type { TicketSummary } from "~/modules/tickets";
import { useHubEvents, useHubStatus, useTopic } from "../hub-provider";
import { conversationIn, keyOf, tabOfTicket } from "./tab";
import { allTabs } from "./tab-list";
import type { TabStore } from "./tab-store";
import { useAsking } from "./use-asking";

type Options = { store: TabStore | null; current: string | null; accountId: string; orgId: string | null };

/** Keeps tabs as what they stand for: by the hub's news, and by asking for what those do not tell. */
export function useTabNews({ store, current, accountId, orgId }: Options): void {
  const ask = useAsking(store, current);
  const askAll = useCallback(() => {
    if (store) ask(allTabs(store.list()).map(keyOf));
  }, [store, ask]);
  useTopic(store && orgId ? `organisation:${orgId}:tickets` : null, undefined, {
    onEvent({ event, data }) {
      // A name may stand on any tab.
      if (event === "contact.changed") return askAll();
      const { ticket } = data as { ticket: TicketSummary | string };
      if (event === "ticket.left") ask([`ticket ${ticket}`]);
      else if (event === "ticket.changed" && typeof ticket !== "string") store?.refresh([tabOfTicket(ticket, 0)]);
    },
    onResync: askAll,
  });
  useHubEvents(({ event, data }) => {
    if (event === "chats.changed") ask([`chat ${(data as { conversation: string }).conversation}`]);
    if (event !== "read") return;
    const { conversation, seq, reader } = data as { conversation: string; seq: number; reader: { id: string | null } };
    if (reader.id !== accountId || !store) return;
    for (const tab of allTabs(store.list())) {
      if (conversationIn(tab) !== conversation) continue;
      if (tab.kind === "ticket") store.refresh([{ ...tab, readSeq: seq }]);
      else ask([keyOf(tab)]);
    }
  });
  // What happened without a connection is told of no more.
  const open = useHubStatus() === "open";
  useEffect(() => {
    if (open) askAll();
  }, [open, askAll]);
}
