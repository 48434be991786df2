import type { TicketSummary } from "~/modules/tickets";
import type { Assignee, DeskArea, DeskData } from "./desk";

type Desk = Pick<DeskData, "areas" | "assignees">;
type At = Pick<TicketSummary, "area" | "assignee">;

/** Where a ticket goes: to whom, and into which area where it leaves its own. */
export type Target = { memberId?: string; area?: DeskArea };

/** Who it can be given to: all but who has it, and those who work in no area. */
export const agentsOf = (desk: Desk, ticket: At): readonly Assignee[] =>
  desk.assignees.filter((one) => one.id !== ticket.assignee?.id && (isHere(one, ticket) || areaOf(desk, one)));

/** The areas whose queue it can go to. */
export const areasOf = (desk: Desk, ticket: At): readonly DeskArea[] =>
  desk.areas.filter(({ id }) => id !== ticket.area.id);

/** What a choice of a person or an area stands for: who is not of the ticket's area takes it along to theirs. */
export function targetOf(desk: Desk, ticket: At, chosen: string): Target | null {
  const area = areasOf(desk, ticket).find(({ id }) => id === chosen);
  if (area) return { area };
  const agent = agentsOf(desk, ticket).find(({ id }) => id === chosen);
  return agent ? { memberId: agent.id, area: isHere(agent, ticket) ? undefined : areaOf(desk, agent) } : null;
}

const isHere = ({ role, areaIds }: Assignee, { area }: At) => role === "admin" || areaIds.includes(area.id);

const areaOf = ({ areas }: Desk, { areaIds }: Assignee) => areas.find(({ id }) => areaIds.includes(id));
