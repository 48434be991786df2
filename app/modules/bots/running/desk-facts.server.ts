import { isOpenAt, nextOpening, scheduleOf } from "~/modules/accounts";
import { readSchedules } from "~/modules/accounts/index.server";
import type { TicketContext } from "~/modules/tickets/index.server";
import type { DeskFacts } from "../engine/run";
import { definitionOf, type Flow } from "../flow";
import type { DeskQuestion } from "../nodes/define-node";
import { anyoneAvailable, areaNamed } from "./run-desk.server";

const known = new WeakMap<Flow, DeskQuestion[]>();

/** What a flow's nodes ask of the desk: for the others nobody looks. */
function questionsOf(flow: Flow): DeskQuestion[] {
  const questions = known.get(flow) ?? flow.nodes.flatMap((node) => definitionOf(node).asks?.(node.settings) ?? []);
  known.set(flow, questions);
  return questions;
}

/** What a flow asks of the desk, as it is now. @param ticketAreaId the area of whoever asks for the ticket's own */
export async function deskFacts(
  ctx: TicketContext,
  flow: Flow,
  { orgId, ticketAreaId }: { orgId: string; ticketAreaId: string },
): Promise<DeskFacts> {
  const hours: Record<string, { open: boolean; opensAt: string | null }> = {};
  const available: Record<string, boolean> = {};
  const questions = questionsOf(flow);
  if (questions.length === 0) return { hours, available };
  const { organisation, areas, holidays } = await readSchedules(ctx.tx, orgId, ctx.now);
  const ofAll = scheduleOf(organisation, { id: "", hours: null }, holidays);
  for (const { what, area } of questions) {
    const named = areaNamed([...areas.values()], area);
    if (what === "available") available[area ?? ""] = await anyoneAvailable(ctx, named?.id ?? ticketAreaId);
    else {
      const schedule = named?.schedule ?? ofAll;
      const opensAt = nextOpening(schedule, ctx.now)?.toISOString() ?? null;
      hours[area ?? ""] = { open: isOpenAt(schedule, ctx.now), opensAt };
    }
  }
  return { hours, available };
}
