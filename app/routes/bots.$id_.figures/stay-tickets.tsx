import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { StayTicket } from "~/modules/bots/index.server";
import { StateBadge } from "~/ui/badge";
import { Time } from "~/ui/time";

type StayTicketsProps = {
  tickets: readonly StayTicket[];
  node: string;
};

/** The tickets behind a figure, the newest first. */
export function StayTickets({ tickets, node }: StayTicketsProps) {
  const { t } = useTranslation();
  return (
    <section className="grid gap-1">
      <h2 className="font-semibold">{t("bots.figures.tickets", { node })}</h2>
      {tickets.length === 0 && <p className="text-ink-soft">{t("bots.figures.noTickets")}</p>}
      <ul>
        {tickets.map(({ id, number, contact, state, at }) => (
          <li key={id}>
            <Link
              to={`/inbox/${id}`}
              className="-mx-2 flex min-h-9 items-center gap-2 rounded-sm px-2 hover:bg-hover pointer-coarse:min-h-11"
            >
              <span className="tabular-nums">#{number}</span>
              <StateBadge state={state} />
              <bdi className="min-w-0 flex-1 truncate">{contact}</bdi>
              <Time at={at} style="full" className="text-ink-faint text-sm" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
