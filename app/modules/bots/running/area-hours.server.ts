import { isOpenAt } from "~/modules/accounts";
import { readSchedules } from "~/modules/accounts/index.server";
import type { TicketContext } from "~/modules/tickets/index.server";
import type { Flow } from "../flow";

/** Whether people of an area are at work at the transaction's time; one without hours always is. */
export async function isAreaOpen(ctx: TicketContext, orgId: string, areaId: string): Promise<boolean> {
  const { areas } = await readSchedules(ctx.tx, orgId, ctx.now);
  const schedule = areas.get(areaId)?.schedule;
  return !schedule || isOpenAt(schedule, ctx.now);
}

const known = new WeakMap<Flow, boolean>();

/** Whether a flow asks for the hours by their variable: for the others nobody looks. */
export function asksHours(flow: Flow): boolean {
  const asks = known.get(flow) ?? JSON.stringify(flow).includes("system.in_hours");
  known.set(flow, asks);
  return asks;
}
