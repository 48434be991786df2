import { type AccountActor, allows } from "~/modules/accounts";
import { listChats } from "~/modules/chats/index.server";
import { forbidden } from "~/platform/errors";
import { listTickets } from "../lists/list-tickets.server";
import { listAccountChats } from "../reading/list-account-chats.server";

/** A conversation to which a message can go. */
export type ForwardTarget = {
  id: string;
  title: string;
  pictureOf: string;
  ticketId: string | null;
  /** A direct chat or a group. */
  isChat: boolean;
};

const MOST_TICKETS = 50;

/**
 * Where an account may pass messages on: its chats and its own open tickets, the last spoken in first. Whether each takes
 * one, the sending says. @throws AppError 403 for a token without the scope
 */
export async function listForwardTargets(actor: AccountActor): Promise<ForwardTarget[]> {
  if (!allows(actor, "messages:read")) throw forbidden("missing_scope");
  const [people, organisations, ...desks] = await Promise.all([
    listChats(actor),
    listAccountChats(actor),
    ...(allows(actor, "tickets:read") ? actor.memberships : []).map(({ orgId }) =>
      listTickets(actor, orgId, { view: "mine" }, { limit: MOST_TICKETS }),
    ),
  ]);
  const all = [
    ...people.map(({ id, title, other, last }) => ({
      id,
      title,
      pictureOf: other?.id ?? id,
      ticketId: null,
      isChat: true,
      at: last?.at ?? "",
    })),
    ...organisations.map(({ conversation_id: id, organisation: { name, handle }, last_at: at }) => {
      return { id, title: name, pictureOf: handle, ticketId: null, isChat: false, at: at ?? "" };
    }),
    ...desks.flatMap(({ tickets }) =>
      tickets.map(({ id: ticketId, conversation_id: id, number, contact, last_activity_at: at }) => {
        return { id, title: `#${number} ${contact.name}`, pictureOf: contact.id, ticketId, isChat: false, at };
      }),
    ),
  ];
  return all.sort((a, b) => b.at.localeCompare(a.at)).map(({ at: _, ...target }) => target);
}
