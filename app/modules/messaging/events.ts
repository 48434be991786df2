import { z } from "zod";
import { type Delivery, defineEvent } from "~/platform/events";
import type { Message } from "./message-view";
import { conversationName, topics } from "./topics";

const revs = { conversationId: z.uuid(), rev: z.number(), publicRev: z.number().nullable() };
type Revs = { conversationId: string; rev: number; publicRev: number | null };

/** One frame for staff with their number and, where the customer may see it, one with the customer's. */
function toBoth(revs: Revs, event: string, data: unknown, publicData: unknown = data): Delivery[] {
  const as = conversationName(revs.conversationId);
  const staff = { topic: topics.conversationStaff(revs.conversationId), as, event, rev: revs.rev, data };
  if (revs.publicRev === null) return [staff];
  return [
    staff,
    { topic: topics.conversationPublic(revs.conversationId), as, event, rev: revs.publicRev, data: publicData },
  ];
}

const message = z.custom<Message>((value) => typeof (value as Message)?.id === "string");

const messageNews = z.object({
  ...revs,
  orgId: z.uuid().nullable(),
  message,
  /** Not all colleagues read it: they are told the number alone, by which each asks for what they see. */
  withheld: z.boolean().optional(),
});

/** A message as it is after what the event's name says; whoever reads it gets it whole. */
const newsOf = (name: string) =>
  defineEvent({
    name,
    schema: messageNews,
    deliver(data: z.output<typeof messageNews>) {
      const [staff, ...others] = toBoth(data, name, { message: data.message });
      if (!staff || !data.withheld) return staff ? [staff, ...others] : others;
      return [{ ...staff, event: "conversation.moved", data: {} }, ...others];
    },
  });

export const messageCreated = newsOf("message.created");
export const messageEdited = newsOf("message.edited");
export const messageDeleted = newsOf("message.deleted");
export const messageReacted = newsOf("message.reacted");
/** What its first address shows has been fetched. */
export const messagePreviewed = newsOf("message.previewed");
export const messagePinned = newsOf("message.pinned");

/** What an account did with a message for itself, told to its own devices alone. */
export const messageMarked = defineEvent({
  name: "message.marked",
  schema: z.object({ accountId: z.uuid(), starred: z.boolean(), hidden: z.boolean(), message }),
  deliver: ({ accountId, ...data }) => [
    {
      topic: topics.account(accountId),
      as: conversationName(data.message.conversation),
      event: "message.marked",
      data,
    },
  ],
});

/** The provider's or the reader's mark on one of our messages moved. */
export const messageDelivery = defineEvent({
  name: "message.delivery",
  schema: z.object({ ...revs, message }),
  deliver: (data) => {
    const { id, seq, delivery, delivery_error } = data.message;
    return toBoth(data, "message.delivery", { id, seq, delivery, delivery_error });
  },
});

/**
 * Somebody read up to `seq`; the pointer only moves forward. The customer's reading changes the marks of what was
 * written to them, so that it counts as a change of the conversation for staff (`rev`); staff's own reading does not.
 */
export const conversationRead = defineEvent({
  name: "read",
  schema: z.object({
    conversationId: z.uuid(),
    seq: z.number(),
    /** The same place as the customer knows it: the number of a note would tell that there is one. */
    publicSeq: z.number(),
    reader: z.object({ kind: z.enum(["contact", "account"]), id: z.uuid() }),
    staff: z.boolean(),
    /** In a direct chat, where what the other one has read carries its mark. */
    direct: z.boolean(),
    rev: z.number().nullable(),
  }),
  deliver: (data): Delivery[] => {
    const as = conversationName(data.conversationId);
    const { conversationId: conversation, seq, reader } = data;
    const payload = { conversation, seq, reader, ...(data.direct && { direct: true }) };
    const forCustomer = data.staff
      ? { ...payload, seq: data.publicSeq, reader: { kind: "organisation", id: null } }
      : payload;
    const rev = data.rev ?? undefined;
    const deliveries: Delivery[] = [
      { topic: topics.conversationStaff(data.conversationId), as, event: "read", rev, data: payload },
      { topic: topics.conversationPublic(data.conversationId), as, event: "read", data: forCustomer },
    ];
    if (data.reader.kind === "account") {
      deliveries.push({ topic: topics.account(data.reader.id), as, event: "read", data: payload });
    }
    return deliveries;
  },
});
