import { randomBytes } from "node:crypto";
import type { Customer } from "./customers";

/** One of our numbers as the platform holds it; `appSecret` when it belongs to another Meta app than the rest. */
export type StandinNumber = {
  phoneNumberId: string;
  wabaId: string;
  displayPhone: string;
  token: string;
  appSecret?: string;
};

export const newWamid = () => `wamid.${randomBytes(33).toString("base64")}`;

/** Seconds as text: how WhatsApp writes a message's time. */
export const seconds = (ms: number) => String(Math.floor(ms / 1000));

const without = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** An item of `contacts[]`. */
export const contactOf = ({ waId, userId, parentUserId, username, name }: Customer) =>
  without({
    profile: without({ name: name ?? "", username }),
    wa_id: waId,
    user_id: userId,
    parent_user_id: parentUserId,
  });

/** A `changes[]` item of the field `messages`, for one number. */
export function messagesChange(number: StandinNumber, value: Record<string, unknown>) {
  return {
    value: {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: number.displayPhone, phone_number_id: number.phoneNumberId },
      ...value,
    },
    field: "messages",
  };
}

export const bodyOf = (entries: { id: string; changes: unknown[] }[]) => ({
  object: "whatsapp_business_account",
  entry: entries,
});

/** What a customer writes; `message` replaces the text for any other type. */
export type CustomerMessage = {
  from?: string;
  text?: string;
  name?: string;
  /** The number written to, by its phone_number_id; the first one otherwise. */
  to?: string;
  userId?: string;
  parentUserId?: string;
  username?: string;
  wamid?: string;
  /** Milliseconds; now by the stand-in's clock otherwise. */
  at?: number;
  replyTo?: string;
  message?: Record<string, unknown>;
};

export const customerOf = (input: CustomerMessage): Customer =>
  without({
    waId: input.from?.replace(/\D/g, "") || undefined,
    userId: input.userId,
    parentUserId: input.parentUserId,
    username: input.username,
    name: input.name,
  });

/** An item of `messages[]`. */
export function inboundMessage(input: CustomerMessage, customer: Customer, wamid: string, now: number) {
  return {
    ...without({ context: input.replyTo ? { id: input.replyTo } : undefined }),
    ...without({
      from: input.from ? customer.waId : undefined,
      from_user_id: customer.userId,
      from_parent_user_id: customer.parentUserId,
    }),
    id: wamid,
    timestamp: seconds(input.at ?? now),
    ...(input.message ?? { text: { body: input.text ?? "" }, type: "text" }),
  };
}
