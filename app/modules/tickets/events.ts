import { z } from "zod";
import { conversationName, ticketsName, topics } from "~/modules/messaging";
import { type Delivery, defineEvent } from "~/platform/events";
import type { NewNotice, TicketEvent, TicketSummary } from "./ticket-view";

const summary = z.custom<TicketSummary>((value) => typeof (value as TicketSummary)?.id === "string");
const lines = z.array(z.custom<TicketEvent>((value) => typeof (value as TicketEvent)?.id === "string"));

/**
 * A ticket is other than it was. Lists hear it under the feed's cursor; the conversation's staff hear it under the
 * conversation's number when it added lines to the history. Who no longer sees it hears `ticket.left` first.
 */
export const ticketChanged = defineEvent({
  name: "ticket.changed",
  schema: z.object({
    orgId: z.uuid(),
    ticket: summary,
    events: lines,
    cursor: z.string(),
    /** The conversation's number, when the history grew. */
    rev: z.number().nullable(),
    before: z.object({ areaId: z.uuid(), assigneeId: z.uuid().nullable() }),
    /** Members whom a note called in, who see it wherever it goes. */
    readers: z.array(z.uuid()),
  }),
  deliver: (data): Delivery[] => {
    const { ticket, before, orgId } = data;
    const list = { as: ticketsName(orgId), rev: data.cursor };
    const left = { ...list, event: "ticket.left", data: { ticket: ticket.id } };
    const changed = { ...list, event: "ticket.changed", data: { ticket } };
    const out: Delivery[] = [];
    // Whoever listens to the conversation by a right that may be gone is asked again; told to the hub alone.
    if (before.areaId !== ticket.area.id || before.assigneeId !== (ticket.assignee?.id ?? null)) {
      const as = conversationName(ticket.conversation_id);
      out.push({ topic: topics.conversationStaff(ticket.conversation_id), as, event: "rights.changed", data: {} });
    }
    if (before.areaId !== ticket.area.id) out.push({ ...left, topic: topics.area(orgId, before.areaId) });
    if (before.assigneeId && before.assigneeId !== ticket.assignee?.id) {
      out.push({ ...left, topic: topics.member(orgId, before.assigneeId) });
    }
    out.push({ ...changed, topic: topics.area(orgId, ticket.area.id) });
    const inPerson = new Set([...(ticket.assignee ? [ticket.assignee.id] : []), ...data.readers]);
    for (const memberId of inPerson) out.push({ ...changed, topic: topics.member(orgId, memberId) });
    if (data.rev !== null) {
      out.push({
        topic: topics.conversationStaff(ticket.conversation_id),
        as: conversationName(ticket.conversation_id),
        event: "ticket.changed",
        rev: data.rev,
        data: { ticket, events: data.events },
      });
    }
    return out;
  },
});

const notice = z.custom<NewNotice>((value) => typeof (value as NewNotice)?.id === "string");

/** A member is to know of something; told to that member alone. */
export const noticeCreated = defineEvent({
  name: "notice.created",
  schema: z.object({ orgId: z.uuid(), memberId: z.uuid(), notice }),
  deliver: ({ orgId, memberId, notice }): Delivery[] => [
    { topic: topics.member(orgId, memberId), as: ticketsName(orgId), event: "notice.created", data: { notice } },
  ],
});

/** The member read what there was to know of a ticket or a webhook, or, with neither, all. */
export const noticesRead = defineEvent({
  name: "notice.read",
  schema: z.object({
    orgId: z.uuid(),
    memberId: z.uuid(),
    ticketId: z.uuid().nullable(),
    webhookId: z.uuid().nullable(),
  }),
  deliver: ({ orgId, memberId, ticketId, webhookId }): Delivery[] => [
    {
      topic: topics.member(orgId, memberId),
      as: ticketsName(orgId),
      event: "notice.read",
      data: { ticket: ticketId, webhook: webhookId },
    },
  ],
});

/** Says that something of an account's own changed, and where: what it says is fetched by who may read it. */
const ownNews = (name: string) => {
  const shape = z.object({ accountId: z.uuid(), conversationId: z.uuid(), updatedAt: z.string().optional() });
  return defineEvent({
    name,
    schema: shape,
    deliver: ({ accountId, conversationId, updatedAt }: z.output<typeof shape>): Delivery[] => [
      {
        topic: topics.account(accountId),
        as: "account",
        event: name,
        data: { conversation: conversationId, ...(updatedAt && { updated_at: updatedAt }) },
      },
    ],
  });
};

export const draftChanged = ownNews("draft.changed");
export const scheduledChanged = ownNews("scheduled.changed");
