import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { type DeskHours, readSchedules, setIdleAway } from "~/modules/accounts/index.server";
import { type ConversationRow, lockConversation } from "~/modules/messaging/index.server";
import { asSystem, inScope, type Tx } from "~/platform/db.server";
import { log } from "~/platform/log.server";
import { tryLock } from "~/platform/postgres/advisory-lock.server";
import { schema } from "~db/index.server";
import { assignWaiting, organisationsWaiting } from "../assignment/assign-waiting.server";
import { BY_SYSTEM } from "../assignment/give-ticket.server";
import { returnTickets } from "../assignment/return-tickets.server";
import { changeTicket, type TicketContext } from "../desk/change-ticket.server";
import { closeTicket } from "../desk/close-ticket.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import type { TicketRow } from "../reading/summarise.server";
import { ticketVerb } from "../ticket-context.server";
import { type DeedOfClock, type DueTicket, findDue, findWaking, isStillDue } from "./due-tickets.server";
import { tellHours } from "./tell-hours.server";

/** A round that takes longer lets another process begin its own; both look again under each ticket's lock. */
const ROUND_LIMIT = "900s";

/**
 * What the desk's clock does by itself: sets away who is not here, wakes what slept, gives back what nobody answered, passes
 * on what nobody took, closes what its customer left, tells who wrote outside of the hours, and gives out what waits (R7, R9,
 * R12 to R14). Each ticket in a transaction of its own; a few queries where nothing is due.
 */
export async function sweepDesk(): Promise<void> {
  await asSystem("the desk's clock", async (tx, now) => {
    await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', ${ROUND_LIMIT}, true)`);
    if (!(await tryLock(tx, "desk"))) return;
    // All that is asked is asked first: this transaction only waits then, and holds the lock.
    const [waking, left, waiting, clocked] = [
      await findWaking(tx, now),
      await membersWhoLeft(tx, leftBefore),
      await organisationsWaiting(tx),
      await organisationsWithClock(tx),
    ];
    await trying("away", setIdleAway);
    for (const { orgId, ...due } of waking) await attend(orgId, due);
    const given = [];
    for (const { orgId, memberId } of left) given.push(await trying(orgId, () => returnTickets(orgId, memberId)));
    // What could not be given back is looked for from where it was.
    if (given.every(Boolean)) leftBefore = new Date(now.getTime() - LEFT_MARGIN_MS);
    for (const orgId of waiting) await trying(orgId, () => assignWaiting(orgId));
    for (const orgId of clocked) await trying(orgId, () => sweepOrganisation(orgId));
  });
}

/** One that fails must not keep the others waiting; whether it went well. */
async function trying(what: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log.error({ err: error, of: what }, "the desk's clock could not do its deed");
    return false;
  }
}

/** Up to when this process looked for members who left; null before its first round, which looks at all. */
let leftBefore: Date | null = null;
/** A removal counts from the begin of its transaction, which may end later. */
const LEFT_MARGIN_MS = 10 * 60_000;

/** Members who left after a time and still have tickets: giving them back was cut short. */
async function membersWhoLeft(tx: Tx, since: Date | null): Promise<{ orgId: string; memberId: string }[]> {
  const { member, ticket } = schema;
  return tx
    .selectDistinct({ orgId: member.orgId, memberId: member.id })
    .from(member)
    .innerJoin(ticket, and(eq(ticket.orgId, member.orgId), eq(ticket.assigneeId, member.id), eq(ticket.state, "open")))
    .where(since ? gt(member.removedAt, since) : isNotNull(member.removedAt));
}

/** Those that a setting of an area, or of their own, gives something to do with a ticket that is open. */
async function organisationsWithClock(tx: Tx): Promise<string[]> {
  const { organisation, area } = schema;
  const rows = await tx
    .selectDistinct({ id: organisation.id })
    .from(organisation)
    .innerJoin(area, and(eq(area.orgId, organisation.id), isNull(area.archivedAt)))
    .where(
      and(
        isNull(organisation.suspendedAt),
        sql`exists (select from ticket t where t.org_id = ${organisation.id} and t.state = 'open')`,
        sql`(${area.autoReturnMinutes} is not null or ${area.autoCloseHours} is not null or ${area.overflowAreaId} is not null
          or ${area.hoursText} is not null or ${organisation.hoursText} is not null)`,
      ),
    );
  return rows.map(({ id }) => id);
}

async function sweepOrganisation(orgId: string): Promise<void> {
  const due = await inScope({ orgId }, async (tx, now) => findDue(tx, await readSchedules(tx, orgId, now), now));
  for (const one of due) await attend(orgId, one);
}

const attend = (orgId: string, { id, conversationId, deed }: DueTicket): Promise<boolean> =>
  trying(`${deed} ${id}`, () =>
    ticketVerb(SYSTEM, { orgId }, async (ctx) => {
      const conversation = await lockConversation(ctx, conversationId);
      const live = conversation && (await findLiveTicket(ctx, conversationId));
      if (!conversation || live?.id !== id) return;
      const desk = await readSchedules(ctx.tx, orgId, ctx.now);
      if (await isStillDue(ctx.tx, live, desk, deed, ctx.now)) await DEEDS[deed](ctx, conversation, live, desk);
    }),
  );

type Deed = (ctx: TicketContext, conversation: ConversationRow, ticket: TicketRow, desk: DeskHours) => Promise<unknown>;

const wake: Deed = (ctx, conversation, ticket) =>
  changeTicket(
    ctx,
    conversation,
    ticket,
    { snoozedUntil: null },
    { kind: "woken", by: BY_SYSTEM, before: { snoozed_until: ticket.snoozedUntil }, after: { snoozed_until: null } },
  );

const giveBack: Deed = (ctx, conversation, ticket) =>
  changeTicket(
    ctx,
    conversation,
    ticket,
    {
      assigneeId: null,
      lastAssigneeId: ticket.assigneeId,
      skipMemberIds: [...new Set([...ticket.skipMemberIds, ticket.assigneeId ?? ""])].filter(Boolean),
    },
    { kind: "returned", by: BY_SYSTEM, before: { assignee_id: ticket.assigneeId }, reason: "auto_return" },
  );

const passOn: Deed = async (ctx, conversation, ticket, { areas }) => {
  const areaId = areas.get(ticket.areaId)?.overflowAreaId;
  if (!areaId) return;
  await changeTicket(
    ctx,
    conversation,
    ticket,
    { areaId, overflowedAt: ctx.now },
    {
      kind: "transferred",
      by: BY_SYSTEM,
      before: { area_id: ticket.areaId },
      after: { area_id: areaId },
      reason: "overflow",
    },
  );
};

const close: Deed = (ctx, conversation, ticket) =>
  closeTicket(ctx, conversation, ticket, { by: BY_SYSTEM, reason: "auto_close" });

/** What a channel does not let through now is not tried again in this closed period. */
const tell: Deed = async (ctx, conversation, ticket) => {
  if (!(await tellHours(ctx, conversation, ticket)))
    await changeTicket(ctx, conversation, ticket, { hoursNoticeAt: ctx.now });
};

const DEEDS: Record<DeedOfClock, Deed> = {
  wake,
  return: giveBack,
  overflow: passOn,
  close,
  tell_hours: tell,
};
