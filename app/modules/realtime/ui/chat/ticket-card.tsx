import { Link } from "@remix-run/react";
import { Ticket } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import type { TicketCard as Card } from "~/modules/tickets/index.server";
import { askServer } from "~/platform/ask-server";
import { AreaBadge, StateBadge } from "~/ui/badge";
import { useTopic } from "../hub-provider";

const GATHER_MS = 20;
const MOST = 20;
type Asked = { id: string; tell: (card: Card | null) => void };
let waiting: Asked[] = [];

/** What a message's card shows to this reader; those on one screen are asked for together. */
function askCard(id: string): Promise<Card | null> {
  if (waiting.length === 0) setTimeout(send, GATHER_MS);
  return new Promise((tell) => waiting.push({ id, tell }));
}

function send(): void {
  const asked = waiting;
  waiting = [];
  for (let at = 0; at < asked.length; at += MOST) {
    const some = asked.slice(at, at + MOST);
    const ids = some.map(({ id }) => id).join(",");
    askServer<{ cards: Record<string, Card | null> }>(`/messages/tickets?ids=${ids}`).then(
      ({ cards }) => {
        for (const { id, tell } of some) tell(cards[id] ?? null);
      },
      // Without a network it is a ticket, and no more.
      () => {
        for (const { tell } of some) tell(null);
      },
    );
  }
}

/** What the tickets that messages show are called, by the messages' ids, for where there is room for a line. */
export function useCardWords(messages: readonly Pick<Message, "id" | "card" | "text">[]): Record<string, string> {
  const { t } = useTranslation();
  const [cards, setCards] = useState<Record<string, Card | null>>({});
  const wordless = messages.filter(({ card, text }) => card === "ticket" && text === "").map(({ id }) => id);
  const ids = wordless.join();
  useEffect(() => {
    let gone = false;
    for (const id of ids ? ids.split(",") : [])
      void askCard(id).then((card) => !gone && setCards((known) => ({ ...known, [id]: card })));
    return () => {
      gone = true;
    };
  }, [ids]);
  const wordsOf = (card: Card | null | undefined) => (card ? `#${card.number} ${card.contact}` : t("ticket.card"));
  return Object.fromEntries(wordless.map((id) => [id, wordsOf(cards[id])]));
}

/** A ticket that a message shows: to who may see it as it is now, to others that it is one. */
export function TicketCard({ messageId }: { messageId: string }) {
  const { t } = useTranslation();
  const [card, setCard] = useState<Card | null>(null);
  const load = useCallback(() => void askCard(messageId).then(setCard), [messageId]);
  useEffect(load, [load]);
  useTopic(card ? `organisation:${card.orgId}:tickets` : null, undefined, {
    onEvent({ event, data }) {
      const { ticket } = (data ?? {}) as { ticket?: { id: string } | string };
      const id = typeof ticket === "string" ? ticket : ticket?.id;
      if ((event === "ticket.changed" || event === "ticket.left") && id === card?.id) load();
    },
    onResync: load,
    onRefused: load,
  });
  return (
    <Link
      to={`/messages/${messageId}/ticket`}
      className="my-0.5 flex min-h-14 w-64 max-w-full items-center gap-3 border-accent border-s-2 py-1 ps-3 hover:bg-hover/60"
    >
      <Ticket aria-hidden className="size-5 shrink-0 text-ink-soft" />
      {card ? (
        <span className="grid min-w-0 gap-1">
          <span className="truncate font-medium">
            <span className="tabular-nums">#{card.number}</span> <bdi>{card.contact}</bdi>
          </span>
          <span className="flex min-w-0 flex-wrap items-center gap-1">
            <StateBadge state={card.snoozed ? "snoozed" : card.state} />
            <AreaBadge name={card.area} />
          </span>
        </span>
      ) : (
        <span className="text-ink-soft">{t("ticket.card")}</span>
      )}
    </Link>
  );
}
