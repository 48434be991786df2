import { type AccountActor, allows } from "~/modules/accounts";
import { type ChatSummary, listChats } from "~/modules/chats/index.server";
import { isUuid } from "~/platform/ids";
import { type AccountChat, listAccountChats } from "../reading/list-account-chats.server";
import { type ListedTicket, listTickets } from "./list-tickets.server";

/** So many of each are looked up at once, more than a browser keeps open. */
const AT_ONCE = 50;

export type Opened = { tickets: ListedTicket[]; chats: ChatSummary[]; organisations: AccountChat[] };

const few = (ids: readonly string[]) => [...new Set(ids.filter(isUuid))].slice(0, AT_ONCE);

/**
 * How the tickets and chats that somebody has open are now, of all the organisations that they work in. What is not among
 * the answer is not theirs to see, or never was.
 */
export async function listOpened(
  actor: AccountActor,
  asked: { tickets: readonly string[]; chats: readonly string[] },
): Promise<Opened> {
  const [ids, chatIds] = [few(asked.tickets), few(asked.chats)];
  const works = ids.length > 0 && allows(actor, "tickets:read") ? actor.memberships : [];
  const [pages, chats, organisations] = await Promise.all([
    Promise.all(works.map(({ orgId }) => listTickets(actor, orgId, { ids }, { limit: AT_ONCE }))),
    chatIds.length > 0 ? listChats(actor, chatIds) : [],
    chatIds.length > 0 ? listAccountChats(actor, chatIds) : [],
  ]);
  return {
    tickets: pages.flatMap((page) => page.tickets),
    chats,
    organisations,
  };
}
