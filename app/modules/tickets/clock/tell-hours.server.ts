import { and, eq, gt, inArray } from "drizzle-orm";
import { closedSince, isOpenAt, nextOpening } from "~/modules/accounts";
import { readSchedules } from "~/modules/accounts/index.server";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";
import { changeTicket, type TicketContext } from "../desk/change-ticket.server";
import { sendToCustomer } from "../desk/send-to-customer.server";
import { replyStanding } from "../places/reply-standing.server";
import type { TicketRow } from "../reading/summarise.server";
import { fillHoursText, sayOpening } from "./hours-text";
import { QUIET_MS } from "./quiet";

/**
 * Tells a customer who wrote outside of the hours when people will be there: once a ticket and closed period, never while
 * a bot talks nor within two hours of a person's reply (R14). Its conversation is locked.
 * @returns whether it was told
 */
export async function tellHours(ctx: TicketContext, conversation: ConversationRow, given: TicketRow): Promise<boolean> {
  const ticket = ctx.touched.get(given.id)?.row ?? given;
  if (ticket.state !== "open" || ticket.waitingOn !== "agent") return false;
  const text = await findHoursText(ctx, ticket);
  if (!text) return false;
  const { organisation, areas } = await readSchedules(ctx.tx, ticket.orgId, ctx.now);
  const schedule = areas.get(ticket.areaId)?.schedule;
  if (!schedule || isOpenAt(schedule, ctx.now)) return false;
  const since = closedSince(schedule, ctx.now)?.getTime() ?? 0;
  if (ticket.hoursNoticeAt && ticket.hoursNoticeAt.getTime() >= since) return false;
  if (await answeredLately(ctx, conversation.id)) return false;
  const { allowed, channel } = await replyStanding(ctx.tx, "bot", ticket, conversation, ctx.now);
  if (allowed.mode !== "free") return false;
  const opening = nextOpening(schedule, ctx.now);
  const said = fillHoursText(text, { next_opening: opening ? sayOpening(opening, ctx.now, organisation) : "" });
  await sendToCustomer(ctx, conversation, channel, {
    author: { kind: "system", id: null, name: organisation.name },
    kind: "text",
    text: said,
    ticketId: ticket.id,
  });
  await changeTicket(ctx, conversation, ticket, { hoursNoticeAt: ctx.now });
  return true;
}

/** Asked first, for most have none: the area's own, else the organisation's. */
async function findHoursText(ctx: TicketContext, { areaId, orgId }: TicketRow): Promise<string | null> {
  const { area, organisation } = schema;
  const [row] = await ctx.tx
    .select({ own: area.hoursText, shared: organisation.hoursText })
    .from(area)
    .innerJoin(organisation, eq(organisation.id, area.orgId))
    .where(and(eq(area.id, areaId), eq(area.orgId, orgId)));
  return row?.own?.trim() || row?.shared?.trim() || null;
}

async function answeredLately(ctx: TicketContext, conversationId: string): Promise<boolean> {
  const { message } = schema;
  const [row] = await ctx.tx
    .select({ id: message.id })
    .from(message)
    .where(
      and(
        eq(message.conversationId, conversationId),
        eq(message.visibility, "public"),
        inArray(message.authorKind, ["member", "device"]),
        gt(message.createdAt, new Date(ctx.now.getTime() - QUIET_MS)),
      ),
    )
    .limit(1);
  return row !== undefined;
}
