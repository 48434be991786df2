import type { Address } from "./address";

/** The account of ours that a provider's event belongs to; a channel is found by it, never by a display number. */
export type AccountKey = { kind: "phone_number_id" | "waba_id" | "page_id" | "ig_id"; id: string };

export type JsonObject = { [key: string]: unknown };

/**
 * Who wrote, or to whom we wrote: a set of addresses of ONE person, the surest first, the name that person chose, and
 * the telephone in E.164 with `+` where the channel tells it.
 */
export type Person = { addresses: Address[]; profileName?: string; phone?: string };

/** A file that still lies with the provider; `providerId` (or `url`) and the channel's token fetch it. */
export type InboundAttachment = {
  kind: "image" | "video" | "audio" | "voice" | "sticker" | "file";
  /** Lower-case type without parameters; what the provider claims, to be checked against the bytes. */
  mime: string | null;
  /** A safe file name, made up when the provider gives none. */
  name: string;
  providerId?: string;
  url?: string;
  /** As given: base64 in webhooks, hex in places. */
  sha256?: string;
  voice: boolean;
  caption?: string;
};

export type InboundContent = {
  kind: "text" | "media" | "location" | "contact" | "interactive" | "template" | "placeholder";
  /** What can be read aloud and searched; empty when there are no words. */
  text: string;
  payload: JsonObject;
  attachments: InboundAttachment[];
  /** The button, row or quick reply that was chosen, as whoever offered it named it. */
  choice?: { id: string; title: string };
};

type Base = {
  account: AccountKey;
  /** Names this event within its account, the same at every redelivery: the key to store it once. */
  key: string;
};

export type MessageEvent = Base & {
  type: "message";
  externalId: string;
  /** The provider's clock; null when unreadable, then the time of receipt counts. */
  sentAt: Date | null;
  sender: Person;
  content: InboundContent;
  replyToExternalId?: string;
  referral?: JsonObject;
  groupId?: string;
};

/** Written by the business somewhere else (its phone, the page's inbox, another tool): outbound, opens no window. */
export type EchoEvent = Base & {
  type: "echo";
  externalId: string;
  sentAt: Date | null;
  recipient: Person;
  content: InboundContent;
  replyToExternalId?: string;
  /** The sending app's id and our own mark, where the provider tells; they find a message that we sent. */
  appId?: string;
  correlation?: string;
};

export type DeliveryStatus = "sent" | "delivered" | "read" | "failed";

export type DeliveryError = { code: string; title: string; details?: string };

/** What became of one message of ours. Order is not guaranteed: only ever move up. */
export type StatusEvent = Base & {
  type: "status";
  externalId: string;
  status: DeliveryStatus;
  at: Date | null;
  recipient: Address[];
  error?: DeliveryError;
  /** Our message id, when it was sent along. */
  correlation?: string;
  pricing?: JsonObject;
};

/** Everything sent to this person up to a moment, or up to a message, has the status. */
export type WatermarkEvent = Base & {
  type: "watermark";
  status: "delivered" | "read";
  /** All that was sent at or before this time. */
  upTo: Date | null;
  /** These messages, whenever they were sent. */
  externalIds: string[];
  /** This message and all before it (Instagram). */
  upToExternalId?: string;
  recipient: Address[];
};

/** `emoji` null: the reaction was taken back. */
export type ReactionEvent = Base & {
  type: "reaction";
  targetExternalId: string;
  emoji: string | null;
  at: Date | null;
  sender: Person;
};

export type EditEvent = Base & {
  type: "edit";
  targetExternalId: string;
  by: "customer" | "business";
  at: Date | null;
  content: InboundContent;
};

export type RevokeEvent = Base & {
  type: "revoke";
  targetExternalId: string;
  by: "customer" | "business";
  at: Date | null;
};

/** A person's addresses changed. `from` finds the contact; what is in `from` and not in `to` is no longer theirs. */
export type IdentityChangeEvent = Base & {
  type: "identity_change";
  from: Address[];
  to: Address[];
  at: Date | null;
};

/** A person came by an advertisement or an entry link, without a message. */
export type ReferralEvent = Base & { type: "referral"; sender: Person; at: Date | null; referral: JsonObject };

export type NoticeTopic =
  | "error"
  | "account"
  | "quality"
  | "template"
  | "preference"
  | "identity"
  | "optin"
  | "handover";

/** Something about the channel or the account, never a chat message. */
export type NoticeEvent = Base & {
  type: "notice";
  topic: NoticeTopic;
  severity: "info" | "warning" | "error";
  code?: string;
  text: string;
  at: Date | null;
  payload: JsonObject;
  /** Set when the channel can no longer send: the token is dead, or the provider has barred the account. */
  channel?: "auth_dead" | "policy";
};

export type IgnoredReason =
  | "no_sender"
  | "no_id"
  | "no_account"
  | "no_target"
  | "group"
  | "standby"
  | "duplicate"
  | "history"
  | "unknown_status"
  | "unknown_field"
  | "unknown_event"
  | "malformed";

/** Left out on purpose, with the reason; counted, never an error of the delivery. */
export type IgnoredEvent = Base & { type: "ignored"; reason: IgnoredReason; detail?: string };

export type InboundEvent =
  | MessageEvent
  | EchoEvent
  | StatusEvent
  | WatermarkEvent
  | ReactionEvent
  | EditEvent
  | RevokeEvent
  | IdentityChangeEvent
  | ReferralEvent
  | NoticeEvent
  | IgnoredEvent;

/** The events of one account in one delivery, in the order in which they stood there. */
export type InboundBatch = { accountKey: AccountKey; events: InboundEvent[] };
