import type { Delivery } from "~db/schema/messaging";

const RANK: Record<Delivery, number> = { queued: 0, unknown: 1, failed: 1, sent: 2, delivered: 3, read: 4 };

/**
 * The mark after a provider's or reader's news: only upwards (sent, delivered, read). A failure counts only while
 * nothing says that the message arrived; a later mark of arrival mends it.
 */
export function nextDelivery(now: Delivery | null, news: Delivery): Delivery {
  if (now === null) return news;
  if (news === "failed") return now === "queued" || now === "sent" || now === "unknown" ? "failed" : now;
  return RANK[news] > RANK[now] ? news : now;
}
