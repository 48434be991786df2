import type { Unread } from "~/modules/tickets/index.server";

export const NOTHING_UNREAD: Unread = { chats: 0, tickets: 0, notices: 0 };

export const sumOf = ({ chats, tickets }: Unread): number => chats + tickets;

/** A page's title with how much there is to read before it; what stood there before is replaced. */
export function titleWith(title: string, count: number): string {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  return count > 0 ? `(${count > 99 ? "99+" : count}) ${bare}` : bare;
}

/** Whether something came that was not there before: of what was read or went, nobody is told aloud. */
export const hasGrown = (before: Unread | null, now: Unread): boolean =>
  before !== null && (now.chats > before.chats || now.tickets > before.tickets || now.notices > before.notices);
