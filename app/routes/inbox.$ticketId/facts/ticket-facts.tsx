import { Link } from "@remix-run/react";
import { Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import type { TicketSummary } from "~/modules/tickets";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { useReasonText } from "~/modules/tickets/ui/reason-text";
import type { ThreadTicket } from "~/modules/tickets/ui/thread-entries";
import { Avatar } from "~/ui/avatar";
import { StateBadge } from "~/ui/badge";
import { Time } from "~/ui/time";
import { Sorting } from "./sorting";

type TicketFactsProps = {
  orgId: string;
  ticket: TicketSummary;
  tickets: readonly ThreadTicket[];
  search: string;
  /** To suggest. */
  tags: readonly string[];
  /** Whether the reader may change priority and tags. */
  manages: boolean;
  /** What stands between these and the other tickets. */
  children: ReactNode;
};

/** What is known of the contact and the ticket, and the contact's other tickets of this conversation. */
export function TicketFacts({ orgId, ticket, tickets, search, tags, manages, children }: TicketFactsProps) {
  const { t } = useTranslation();
  const channelName = useChannelName();
  const reasonText = useReasonText();
  const others = tickets.filter((one) => one.id !== ticket.id).toReversed();
  return (
    <div className="grid gap-6">
      <div className="flex items-center gap-3">
        <Avatar id={ticket.contact.id} name={ticket.contact.name} size="lg" />
        <p className="min-w-0">
          <bdi className="block truncate font-semibold">{ticket.contact.name}</bdi>
          <span className="text-ink-soft text-sm">{channelName(ticket.channel.kind)}</span>
          <Link
            to={`/contacts/${ticket.contact.id}`}
            className="touch-target ml-2 text-accent-text text-sm underline underline-offset-2"
          >
            {t("ticket.facts.contact")}
          </Link>
        </p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
        <Fact name={t("ticket.facts.number")}>#{ticket.number}</Fact>
        <Fact name={t("ticket.facts.state")}>
          <StateBadge state={ticket.state} />
        </Fact>
        <Fact name={t("ticket.facts.area")}>{ticket.area.name}</Fact>
        <Fact name={t("ticket.facts.assignee")}>{ticket.assignee?.name ?? t("ticket.unassigned")}</Fact>
        <Fact name={t("ticket.facts.opened")}>
          <Moment at={ticket.opened_at} />
        </Fact>
        {ticket.first_reply_at && (
          <Fact name={t("ticket.facts.firstReply")}>
            <Moment at={ticket.first_reply_at} />
          </Fact>
        )}
        {ticket.closed_at && (
          <Fact name={t("ticket.facts.closed")}>
            <Moment at={ticket.closed_at} />
          </Fact>
        )}
        {ticket.close_reason && <Fact name={t("ticket.facts.reason")}>{reasonText(ticket.close_reason)}</Fact>}
        {ticket.rating && (
          <Fact name={t("ticket.facts.rating")}>
            <Rating stars={ticket.rating} />
            {ticket.rated_at && (
              <span className="block">
                <Moment at={ticket.rated_at} />
              </span>
            )}
          </Fact>
        )}
        {ticket.reopen_count > 0 && <Fact name={t("ticket.facts.reopened")}>{ticket.reopen_count}</Fact>}
      </dl>
      <Sorting orgId={orgId} ticket={ticket} suggestions={tags} manages={manages} />
      {children}
      <section>
        <h2 className="mb-1 font-medium text-sm">{t("ticket.facts.others")}</h2>
        {others.length === 0 && <p className="text-ink-soft text-sm">{t("ticket.facts.noOthers")}</p>}
        <ul>
          {others.map((one) => (
            <li key={one.id}>
              <Link
                to={`/inbox/${one.id}${search}`}
                className="-mx-2 flex min-h-9 items-center gap-2 rounded-sm px-2 hover:bg-hover pointer-coarse:min-h-11"
              >
                <span className="tabular-nums">#{one.number}</span>
                <StateBadge state={one.state} />
                <span className="min-w-0 flex-1 truncate text-ink-soft text-sm">
                  {one.close_reason && reasonText(one.close_reason)}
                </span>
                {one.closed_at && <Time at={one.closed_at} style="date" className="text-ink-faint text-xs" />}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** So many stars of five; said in words for those who listen. */
function Rating({ stars }: { stars: number }) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex items-center gap-1.5">
      <span role="img" aria-label={t("ticket.facts.stars", { count: stars })} className="inline-flex">
        {[1, 2, 3, 4, 5].map((n) => (
          <Star
            key={n}
            aria-hidden
            className={`size-4 ${n <= stars ? "fill-current text-amber-text" : "text-ink-faint"}`}
          />
        ))}
      </span>
      <span aria-hidden className="tabular-nums">
        {t("ticket.facts.ofFive", { stars })}
      </span>
    </span>
  );
}

function Moment({ at }: { at: string }) {
  return (
    <>
      <Time at={at} style="date" /> <Time at={at} className="text-ink-soft" />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft text-sm">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
