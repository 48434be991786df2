import { Link } from "@remix-run/react";
import { Fragment } from "react";
import { useTranslation } from "~/i18n/translation";
import type { HistoryPage, HistoryTicket } from "~/modules/tickets/index.server";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { useReasonText } from "~/modules/tickets/ui/reason-text";
import { StateBadge } from "~/ui/badge";
import { buttonClass } from "~/ui/button";
import { Bubble } from "~/ui/conversation/bubble";
import { Time } from "~/ui/time";

/** All that was written with a contact in tickets that the reader sees, in the order of time. */
export function ContactHistory({ history }: { history: HistoryPage }) {
  const { t } = useTranslation();
  const { messages, tickets, nextCursor } = history;
  return (
    <section className="min-w-0 max-lg:mt-8">
      <h2 className="mb-1 font-semibold text-md">{t("contacts.history.title")}</h2>
      {messages.length === 0 && <p className="text-ink-soft text-sm">{t("contacts.history.empty")}</p>}
      {nextCursor && (
        <p className="py-2 text-center">
          <Link to={`?cursor=${nextCursor}`} className={buttonClass("quiet", "sm")}>
            {t("contacts.history.earlier")}
          </Link>
        </p>
      )}
      {messages.map((message, at) => {
        const ticket = tickets[message.ticket_id];
        const begins = message.ticket_id !== messages[at - 1]?.ticket_id;
        return (
          <Fragment key={message.id}>
            {begins && ticket && <TicketLine ticket={ticket} />}
            <Bubble message={message} own={false} side={message.author.kind === "contact" ? "start" : "end"} />
          </Fragment>
        );
      })}
    </section>
  );
}

/** Which ticket goes on from here: number, channel, state, who closed it and why. */
function TicketLine({ ticket }: { ticket: HistoryTicket }) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const reasonText = useReasonText();
  const { number, state, closing, close_reason, opened_at } = ticket;
  return (
    <div className="flex items-center gap-3 py-3 text-ink-soft text-xs before:h-px before:flex-1 before:bg-line-strong after:h-px after:flex-1 after:bg-line-strong">
      <p className="flex min-w-0 max-w-[80%] flex-wrap items-center justify-center gap-x-1.5 gap-y-1 text-center">
        <Link
          to={`/inbox/${ticket.id}`}
          className="touch-target inline-flex items-center font-medium underline underline-offset-2"
        >
          {t("ticket.number", { number })}
        </Link>
        <span>{channelName(ticket.channel)}</span>
        <StateBadge state={state} />
        {closing?.actor.name && <span>{t("ticket.closedBy", { name: closing.actor.name })}</span>}
        {close_reason && <span>· {reasonText(close_reason)}</span>}
        <Time at={opened_at} style="date" className="text-ink-soft" />
      </p>
    </div>
  );
}
