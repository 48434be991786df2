import {
  AlarmClock,
  ArrowRightLeft,
  Bot,
  CircleDot,
  CircleX,
  CornerUpLeft,
  Hand,
  RotateCcw,
  SlidersHorizontal,
  Star,
  UserRoundCheck,
} from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { TicketEvent, TicketEventKind } from "~/modules/tickets";
import { useReasonText } from "~/modules/tickets/ui/reason-text";
import { EventLine } from "~/ui/conversation/event-line";

const icons: Record<TicketEventKind, typeof Bot> = {
  opened: CircleDot,
  reopened: RotateCcw,
  handed_over: ArrowRightLeft,
  claimed: Hand,
  assigned: UserRoundCheck,
  returned: CornerUpLeft,
  transferred: ArrowRightLeft,
  changed: SlidersHorizontal,
  sent_to_bot: Bot,
  woken: AlarmClock,
  rated: Star,
  closed: CircleX,
};

/** Names of what the history knows by id only. */
export type Names = { area: (id: unknown) => string; member: (id: unknown) => string };

/** One line of a ticket's history. */
export function EventLineOf({ event, names }: { event: TicketEvent; names: Names }) {
  const Icon = icons[event.kind];
  const text = useEventText(names)(event);
  return (
    <EventLine at={event.created_at} icon={<Icon aria-hidden />}>
      {text}
    </EventLine>
  );
}

export function useActorName(): (actor: TicketEvent["actor"]) => string {
  const { t } = useTranslation();
  return (actor) => (actor.kind === "bot" || actor.kind === "system" ? t(`conversation.${actor.kind}`) : actor.name);
}

/** Reasons that the line itself tells already. */
const SAID = new Set(["taken", "handoff", "close"]);

function useEventText(names: Names): (event: TicketEvent) => string {
  const { t } = useTranslation();
  const actorName = useActorName();
  const reasonText = useReasonText();
  return (event) => {
    const after = event.after ?? {};
    const line = t(`ticket.events.${lineOf(event)}`, {
      actor: actorName(event.actor),
      area: names.area(after.area_id),
      member: names.member(after.assignee_id),
      rating: String(after.rating ?? ""),
    });
    return event.reason && !SAID.has(event.reason) ? `${line} (${reasonText(event.reason)})` : line;
  };
}

/** Some kinds read differently by what came of them. */
function lineOf({ kind, after, reason }: TicketEvent): string {
  if (kind === "opened") return after?.state === "bot" ? "opened_bot" : "opened_open";
  if (kind === "reopened") return after?.state === "bot" ? "reopened_bot" : "reopened_open";
  if (kind === "transferred") return after?.assignee_id ? "transferred_to_member" : "transferred";
  if (kind === "handed_over") return reason === "taken" || reason === "human_reply" ? "taken_over" : "handed_over";
  return kind;
}
