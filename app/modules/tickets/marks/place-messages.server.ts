import type { AccountActor } from "~/modules/accounts";
import { listChats } from "~/modules/chats/index.server";
import type { Message } from "~/modules/messaging";
import { AppError } from "~/platform/errors";
import { listAccountChats } from "../reading/list-account-chats.server";
import { getConversation } from "../reading/list-conversations.server";

/** A message with the name of its conversation and the address at which its place is shown. */
export type PlacedMessage = { message: Message; title: string; pictureOf: string; to: string };

type Place = Omit<PlacedMessage, "message" | "to"> & { address: string };

/** Where messages of whatever conversations stand, for who sees them; what is out of sight meanwhile is left out. */
export async function placeMessages(actor: AccountActor, messages: readonly Message[]): Promise<PlacedMessage[]> {
  if (messages.length === 0) return [];
  const places = await chatsOf(actor);
  const others = new Set(messages.map((one) => one.conversation).filter((id) => !places.has(id)));
  for (const id of others) {
    const place = await ticketOf(actor, id);
    if (place) places.set(id, place);
  }
  return messages.flatMap((message) => {
    const place = places.get(message.conversation);
    if (!place) return [];
    const { title, pictureOf, address } = place;
    return [{ message, title, pictureOf, to: `${address}?m=${message.seq}` }];
  });
}

async function chatsOf(actor: AccountActor): Promise<Map<string, Place>> {
  const [people, organisations] = await Promise.all([listChats(actor), listAccountChats(actor)]);
  const address = (id: string) => `/chats/${id}`;
  return new Map<string, Place>([
    ...people.map(({ id, title, other }) => [id, { title, pictureOf: other?.id ?? id, address: address(id) }] as const),
    ...organisations.map(({ conversation_id: id, organisation: { name, handle } }) => {
      return [id, { title: name, pictureOf: handle, address: address(id) }] as const;
    }),
  ]);
}

/** A customer's conversation is shown at its newest ticket. */
async function ticketOf(actor: AccountActor, id: string): Promise<Place | null> {
  try {
    const { contact, ticket_id: ticketId } = await getConversation(actor, id);
    return contact && ticketId ? { title: contact.name, pictureOf: contact.id, address: `/inbox/${ticketId}` } : null;
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return null;
    throw error;
  }
}
