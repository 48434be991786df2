import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import { schema } from "~db/index.server";
import type { Priority, TicketState, WaitingOn } from "~db/schema/tickets";
import { numberIn } from "../inbox-filter";
import type { TicketViewName } from "../views";

/** Which tickets a list holds; what is not named does not matter. */
export type TicketFilter = {
  view?: TicketViewName;
  state?: TicketState;
  areaId?: string;
  /** A member's id, or `none` for unassigned. */
  assignee?: string;
  channelId?: string;
  contactId?: string;
  tag?: string;
  priority?: Priority;
  waitingOn?: WaitingOn;
  snoozed?: boolean;
  /** Days of the last activity by the organisation's calendar, `YYYY-MM-DD`, both within. */
  from?: string;
  to?: string;
  /** Part of the contact's name or a ticket's number. */
  q?: string;
  /** These only. */
  ids?: readonly string[];
};

const { ticket, contact, organisation } = schema;

/** `belongsTo` in SQL. */
export function viewFilter(view: TicketViewName, membership: Membership): SQL | undefined {
  const open = and(eq(ticket.state, "open"), isNull(ticket.snoozedUntil));
  switch (view) {
    case "mine":
      return and(eq(ticket.assigneeId, membership.memberId), open);
    case "queue":
      return and(
        open,
        isNull(ticket.assigneeId),
        membership.role === "admin" ? undefined : inArray(ticket.areaId, [...membership.areaIds]),
      );
    case "open":
      return open;
    case "snoozed":
      return isNotNull(ticket.snoozedUntil);
    case "all":
      return undefined;
    default:
      return eq(ticket.state, view);
  }
}

const STATES: readonly TicketState[] = ["bot", "open", "closed"];

/** The states that tickets of such a list may have. */
export function statesOf({ view, state, assignee }: TicketFilter): readonly TicketState[] {
  const open = view === "mine" || view === "queue" || view === "open";
  const ofView = open ? ["open"] : view === "snoozed" ? ["bot", "open"] : view && view !== "all" ? [view] : STATES;
  // Whoever is assigned, the ticket is open (I2).
  const ofAssignee = assignee && assignee !== "none" ? ["open"] : STATES;
  return STATES.filter((one) => ofView.includes(one) && ofAssignee.includes(one) && (!state || one === state));
}

/** SQL: the day on which the organisation's calendar begins, as a moment. */
export const startOf = (day: string, days: number): SQL =>
  sql`((${day}::date + ${days}::int)::timestamp at time zone (select ${organisation.timeZone} from ${organisation} where ${organisation.id} = app_org()))`;

/** SQL: within the days asked for. */
export const withinDays = ({ from, to }: TicketFilter): SQL | undefined =>
  and(
    from ? sql`${ticket.lastActivityAt} >= ${startOf(from, 0)}` : undefined,
    to ? sql`${ticket.lastActivityAt} < ${startOf(to, 1)}` : undefined,
  );

const ESCAPED = /[\\%_]/g;

function named(q: string): SQL {
  const like = `%${q.replace(ESCAPED, "\\$&")}%`;
  return sql`exists (select from ${contact} where ${contact.id} = ${ticket.contactId}
    and search_fold(${contact.name}) like search_fold(${like}))`;
}

/** What is looked for, as a database takes it. */
export const wordsIn = ({ q }: TicketFilter): string => q?.replaceAll("\u0000", "").toWellFormed().trim() ?? "";

/** SQL: what no index of lists knows. */
export function restOf(filter: TicketFilter): SQL | undefined {
  const q = wordsIn(filter);
  const number = numberIn(q);
  return and(
    filter.channelId ? eq(ticket.channelId, filter.channelId) : undefined,
    filter.tag ? sql`${filter.tag} = any(${ticket.tags})` : undefined,
    filter.priority ? eq(ticket.priority, filter.priority) : undefined,
    filter.waitingOn ? eq(ticket.waitingOn, filter.waitingOn) : undefined,
    filter.snoozed === undefined
      ? undefined
      : filter.snoozed
        ? isNotNull(ticket.snoozedUntil)
        : isNull(ticket.snoozedUntil),
    q ? or(named(q), number === null ? undefined : eq(ticket.number, number)) : undefined,
  );
}

/** SQL: what indexes know, but for states, days and the place in the list. */
export function keysOf(filter: TicketFilter, membership: Membership): SQL | undefined {
  return and(
    filter.view && viewFilter(filter.view, membership),
    filter.areaId ? eq(ticket.areaId, filter.areaId) : undefined,
    filter.assignee === "none" ? isNull(ticket.assigneeId) : undefined,
    filter.assignee && filter.assignee !== "none" ? eq(ticket.assigneeId, filter.assignee) : undefined,
    filter.contactId ? eq(ticket.contactId, filter.contactId) : undefined,
    filter.ids && inArray(ticket.id, [...filter.ids]),
  );
}
