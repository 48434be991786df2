import type { Notice } from "~/modules/tickets";

/** What there is to know of one ticket: the newest, how much of it was not read, and how many of other tickets it stands for. */
export type NoticeGroup = { ticketId: string; newest: Notice; count: number; unread: number; others: number };

/** Notices, the newest first, by ticket, in the order of each ticket's newest. */
export function groupNotices(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const known = groups.get(notice.ticket_id) ?? {
      ticketId: notice.ticket_id,
      newest: notice,
      count: 0,
      unread: 0,
      others: 0,
    };
    const unread = known.unread + (notice.read_at === null ? 1 : 0);
    groups.set(notice.ticket_id, { ...known, count: known.count + 1, unread, others: known.others + notice.others });
  }
  return [...groups.values()];
}
