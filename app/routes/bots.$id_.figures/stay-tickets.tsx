import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FlowFigures } from "~/modules/bots";
import type { StayTicket } from "~/modules/bots/index.server";
import { useNodeLabel } from "~/modules/bots/ui/use-node-label";
import { StateBadge } from "~/ui/badge";
import { Time } from "~/ui/time";
import type { Asked } from "./asked";

type StayTicketsProps = { tickets: readonly StayTicket[]; asked: Asked; words: FlowFigures["words"] };

/** The tickets behind a figure, the newest first. */
export function StayTickets({ tickets, asked, words }: StayTicketsProps) {
  const { t } = useTranslation();
  return (
    <section className="grid grid-cols-1 gap-1" aria-labelledby="stays">
      <h2 id="stays" className="wrap-anywhere font-semibold">
        {useTitle(asked, words)}
      </h2>
      {tickets.length === 0 && <p className="text-ink-soft">{t("bots.figures.noTickets")}</p>}
      <ul>
        {tickets.map(({ id, number, contact, state, at }) => (
          <li key={id}>
            <Link
              to={`/inbox/${id}`}
              className="-mx-2 flex min-h-9 flex-wrap items-center gap-x-2 rounded-sm px-2 py-1 hover:bg-hover pointer-coarse:min-h-11"
            >
              <span className="flex min-w-0 max-w-full basis-60 grow items-center gap-2">
                <span className="shrink-0 tabular-nums">#{number}</span>
                <bdi className="min-w-0 truncate">{contact}</bdi>
                <StateBadge state={state} />
              </span>
              <Time at={at} style="full" className="text-ink-faint text-sm" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which tickets these are. */
function useTitle({ node, stays }: Asked, words: FlowFigures["words"]): string {
  const { t } = useTranslation();
  const { nodeLabel, exitLabel } = useNodeLabel();
  const known = words[node ?? ""];
  const label = nodeLabel(known, node ?? "");
  if (stays.only) return t(`bots.figures.only.${stays.only}`, { node: label });
  if (stays.exit === undefined) return t("bots.figures.tickets", { node: label });
  return t("bots.figures.ticketsBy", { node: label, exit: exitLabel(known, stays.exit) });
}
