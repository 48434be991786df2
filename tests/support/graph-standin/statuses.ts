import type { SentMessage } from "./outbox";
import { bodyOf, contactOf, messagesChange, type StandinNumber, seconds } from "./webhook-bodies";

export type StatusWord = "sent" | "delivered" | "read" | "played" | "failed";

/** Which statuses follow a message, and how disorderly they come. */
export type StatusScript = {
  kinds: StatusWord[];
  order: "in_order" | "reversed" | "shuffled";
  /** How often each is sent. */
  copies: number;
  delayMs: number;
  /** All in one body instead of one each. */
  together: boolean;
  /** The first goes out, and is answered, before the sender has its answer. */
  beforeAnswer: boolean;
};

export const ORDERLY: StatusScript = {
  kinds: ["sent", "delivered", "read"],
  order: "in_order",
  copies: 1,
  delayMs: 0,
  together: false,
  beforeAnswer: false,
};

const WINDOW_ERROR = {
  code: 131047,
  title: "Re-engagement message",
  message: "Re-engagement message",
  error_data: {
    details:
      "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  },
  href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
};

const MEDIA_ERROR = {
  code: 131053,
  title: "Media upload error",
  message: "Media upload error",
  error_data: { details: "Downloading media from weblink failed." },
};

/** An item of `statuses[]`. */
function statusOf(message: SentMessage, status: StatusWord, now: number) {
  const { customer, wamid, correlation } = message;
  return {
    id: wamid,
    status,
    timestamp: seconds(now),
    ...(customer.waId ? { recipient_id: customer.waId } : {}),
    ...(customer.userId ? { recipient_user_id: customer.userId } : {}),
    ...(correlation ? { biz_opaque_callback_data: correlation } : {}),
    ...(status === "sent"
      ? { pricing: { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "service" } }
      : {}),
    ...(status === "failed" ? { errors: [message.outsideWindow ? WINDOW_ERROR : MEDIA_ERROR] } : {}),
  };
}

/** A repeatable disorder: the same seed shuffles the same way. */
export function randomOf(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function inOrder(words: StatusWord[], order: StatusScript["order"], random: () => number): StatusWord[] {
  if (order === "reversed") return words.toReversed();
  if (order === "in_order") return words;
  return words
    .map((word) => ({ word, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ word }) => word);
}

/** The webhook bodies that tell what became of a message, in the order in which they go out. */
export function statusBodies(
  message: SentMessage,
  number: StandinNumber,
  script: StatusScript,
  now: number,
  random: () => number,
) {
  const lost = message.outsideWindow || message.unfetched === true;
  const kinds: StatusWord[] = lost ? ["failed"] : script.kinds;
  const words = inOrder(
    kinds.flatMap((kind) => Array<StatusWord>(script.copies).fill(kind)),
    script.order,
    random,
  );
  const statuses = words.map((word) => statusOf(message, word, now));
  const groups = script.together ? [statuses] : statuses.map((status) => [status]);
  const contacts = lost ? {} : { contacts: [contactOf(message.customer)] };
  return groups
    .filter((group) => group.length > 0)
    .map((group) =>
      bodyOf([{ id: number.wabaId, changes: [messagesChange(number, { ...contacts, statuses: group })] }]),
    );
}
