import { type AccountActor, allows } from "~/modules/accounts";
import { listChats } from "~/modules/chats/index.server";
import { countNotices } from "../notices/read-notices.server";
import { listAccountChats } from "../reading/list-account-chats.server";
import { isUnreadAfter } from "../unread";
import { listTickets } from "./list-tickets.server";

/**
 * In how many chats, and in how many of one's own tickets of the organisation one works in, there is something to read;
 * and how many notices of its tickets.
 */
export type Unread = { chats: number; tickets: number; notices: number };

/** Of more tickets than so many it is said of so many. */
const MOST = 100;

/** Chats that are muted or put away call for nobody, nor what a bot still answers. `orgId`: null for who works in none. */
export async function countUnread(actor: AccountActor, orgId: string | null): Promise<Unread> {
  const works = orgId !== null && allows(actor, "tickets:read");
  const [people, organisations, mine, notices] = await Promise.all([
    listChats(actor),
    listAccountChats(actor),
    works ? listTickets(actor, orgId, { view: "mine" }, { limit: MOST }) : null,
    works ? countNotices(actor, orgId) : 0,
  ]);
  const calling = people.filter(({ unread, muted, archived }) => unread > 0 && !muted && !archived);
  const answered = organisations.filter(({ unread }) => unread > 0);
  const tickets = mine?.tickets.filter((one) => isUnreadAfter(one, one.read_seq)) ?? [];
  return { chats: calling.length + answered.length, tickets: tickets.length, notices };
}
