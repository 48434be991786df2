import type { Notice } from "~/modules/tickets";

/** What there is to know of one ticket or webhook: the newest, how much of it was not read, and how many of other tickets it stands for. */
export type NoticeGroup = { key: string; newest: Notice; count: number; unread: number; others: number };

/** Notices, the newest first, by what they are of, in the order of the newest of each. */
export function groupNotices(notices: readonly Notice[]): NoticeGroup[] {
  const groups = new Map<string, NoticeGroup>();
  for (const notice of notices) {
    const key = notice.ticket_id ?? notice.webhook_id ?? notice.id;
    const known = groups.get(key) ?? { key, newest: notice, count: 0, unread: 0, others: 0 };
    const unread = known.unread + (notice.read_at === null ? 1 : 0);
    groups.set(key, { ...known, count: known.count + 1, unread, others: known.others + notice.others });
  }
  return [...groups.values()];
}
