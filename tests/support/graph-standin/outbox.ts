import { checkMessage } from "./check-message";
import type { Customer, CustomerBook } from "./customers";
import type { GraphError } from "./graph-error";
import { newWamid, type StandinNumber } from "./webhook-bodies";

/** A message that the platform took from us. */
export type SentMessage = {
  wamid: string;
  at: number;
  phoneNumberId: string;
  /** As it was addressed: `to` or `recipient`. */
  address: string;
  customer: Customer;
  type: string;
  /** The words: the text, the body of buttons and lists, or what stands under a picture. */
  text: string;
  body: Record<string, unknown>;
  correlation?: string;
  /** Set when it was sent outside the 24 hours and never arrives. */
  outsideWindow: boolean;
  /** Set when what it links to could not be fetched, so that it never arrives. */
  unfetched?: boolean;
};

export type OutboxRules = {
  /** `async`: taken, then a `failed` status 131047, as the real platform does; `sync`: refused; `off`: no windows. */
  window: "async" | "sync" | "off";
  /** Messages to one person within six seconds before 131056; 0 for no limit. */
  pairBurst: number;
  /** Messages of one number within a second before 130429; 0 for no limit. */
  perSecond: number;
};

const PAIR_MS = 6000;

const words = (body: Record<string, unknown>): string => {
  const text = (body.text as { body?: string } | undefined)?.body;
  const interactive = (body.interactive as { body?: { text?: string } } | undefined)?.body?.text;
  const caption = (body[String(body.type)] as { caption?: string } | undefined)?.caption;
  return text ?? interactive ?? caption ?? "";
};

/** Without `+` the country of the business's own number is put in front, which is how messages get lost. */
const dialled = (to: string, number: StandinNumber) =>
  (to.startsWith("+") ? to.slice(1) : `${countryOf(number)}${to}`).replace(/\D/g, "");
const countryOf = (number: StandinNumber) => /^(1|54|55|52)/.exec(number.displayPhone.replace(/\D/g, ""))?.[0] ?? "54";

/** Refuses what comes too fast, after the messages already taken. */
function overRate(
  sent: SentMessage[],
  number: StandinNumber,
  customer: Customer,
  now: number,
  rules: OutboxRules,
): GraphError | null {
  const ours = sent.filter((one) => one.phoneNumberId === number.phoneNumberId);
  const toThem = ours.filter((one) => one.customer === customer && now - one.at < PAIR_MS);
  if (rules.pairBurst > 0 && toThem.length >= rules.pairBurst) {
    return { status: 400, code: 131056, message: "(Business Account, Consumer Account) pair rate limit hit" };
  }
  const lately = ours.filter((one) => now - one.at < 1000);
  if (rules.perSecond > 0 && lately.length >= rules.perSecond)
    return { status: 400, code: 130429, message: "Rate limit hit" };
  return null;
}

/** The messages taken, and the rules by which they are. */
export function outbox(book: CustomerBook, now: () => number, rules: OutboxRules) {
  const sent: SentMessage[] = [];
  return {
    sent,
    /** Takes a message or refuses it. */
    take(number: StandinNumber, body: Record<string, unknown>): SentMessage | GraphError {
      const wrong = checkMessage(body);
      if (wrong) return wrong;
      const to = typeof body.to === "string" ? body.to : undefined;
      const address = to ?? String(body.recipient);
      const who = to ? { waId: dialled(to, number) } : { userId: address };
      const customer = book.find(who) ?? book.learn(who);
      const tooFast = overRate(sent, number, customer, now(), rules);
      if (tooFast) return tooFast;
      const closed = rules.window !== "off" && !book.windowOpen(number.phoneNumberId, customer);
      if (closed && rules.window === "sync") return { status: 400, code: 131047, message: "Re-engagement message" };
      const message: SentMessage = {
        wamid: newWamid(),
        at: now(),
        phoneNumberId: number.phoneNumberId,
        address,
        customer,
        type: String(body.type ?? "text"),
        text: words(body),
        body,
        correlation: typeof body.biz_opaque_callback_data === "string" ? body.biz_opaque_callback_data : undefined,
        outsideWindow: closed,
      };
      sent.push(message);
      return message;
    },
  };
}

/** What the API answers to a message taken; a person reached by BSUID is named by it. */
export function acceptance(message: SentMessage) {
  const { customer, address, wamid } = message;
  const byUserId = address === customer.userId;
  return {
    messaging_product: "whatsapp",
    contacts: [{ input: address, ...(byUserId ? { user_id: customer.userId } : { wa_id: customer.waId }) }],
    messages: [{ id: wamid }],
  };
}
