import type { TicketSummary } from "~/modules/tickets";
import type { Assignee, DeskData } from "./desk";

/** Somebody or something that a ticket can go to. */
export type Target = { key: string; name: string; memberId?: string; areaId?: string };
export type AgentTarget = Target & { areaName: string; assignee: Assignee };

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Who and which areas a ticket can go to, narrowed by a search that knows no accents. An agent of the ticket's own area
 * comes first, and keeps it there; one of another area takes it along to theirs. Available before away, then the less busy.
 */
export function targetsOf(
  desk: Pick<DeskData, "areas" | "assignees">,
  ticket: Pick<TicketSummary, "area" | "assignee">,
  q: string,
): { agents: AgentTarget[]; areas: Target[] } {
  const wanted = plain(q.trim());
  const matches = (...names: string[]) => names.some((name) => plain(name).includes(wanted));
  const agents = desk.assignees
    .filter((one) => one.id !== ticket.assignee?.id)
    .flatMap((assignee): (AgentTarget & { here: boolean })[] => {
      const here = assignee.role === "admin" || assignee.areaIds.includes(ticket.area.id);
      const area = here ? ticket.area : desk.areas.find((one) => assignee.areaIds.includes(one.id));
      if (!area || !matches(assignee.name, area.name)) return [];
      const areaId = area.id === ticket.area.id ? undefined : area.id;
      return [
        { key: assignee.id, name: assignee.name, memberId: assignee.id, areaId, areaName: area.name, assignee, here },
      ];
    })
    .sort(
      (a, b) =>
        Number(b.here) - Number(a.here) ||
        Number(a.assignee.availability === "away") - Number(b.assignee.availability === "away") ||
        a.assignee.open - b.assignee.open ||
        a.name.localeCompare(b.name),
    )
    .map(({ here: _, ...target }) => target);
  const areas = desk.areas
    .filter((area) => area.id !== ticket.area.id && matches(area.name))
    .map((area) => ({ key: area.id, name: area.name, areaId: area.id }));
  return { agents, areas };
}
