import type { Address } from "./address";

export type ChoiceButton = { id: string; title: string };
export type ListRow = { id: string; title: string; description?: string };
export type ListSection = { title?: string; rows: ListRow[] };

type Text = { type: "text"; text: string };
/** `picture` is the address of what stands above the text. */
type Buttons = { type: "buttons"; text: string; footer?: string; picture?: string; buttons: ChoiceButton[] };
type List = { type: "list"; text: string; footer?: string; button: string; sections: ListSection[] };

export type OutboundWords = Text | Buttons | List;

/** A picture, sound or file that the provider fetches from a public address; `name` is a file's. */
export type OutboundMedia = {
  type: "media";
  media: "image" | "video" | "audio" | "file";
  url: string;
  caption?: string;
  name?: string;
};

/** `choice` is the same without the picture: what a channel shows that has no cards. */
export type OutboundCard = {
  type: "card";
  picture?: string;
  title: string;
  text?: string;
  buttons: ChoiceButton[];
  choice: OutboundWords;
};

/** What is said, free of any provider's words. A choice too long for buttons or a list is a numbered text. */
export type OutboundContent = OutboundWords | OutboundMedia | OutboundCard;

export type OutboundMessage = {
  /** Our message's id; the provider sends it back with every status, so that an unclear sending can be resolved. */
  id: string;
  /** Every known address of the recipient; the driver takes the best that its provider can reach. */
  to: readonly Address[];
  content: OutboundContent;
  replyToExternalId?: string;
  author: "human" | "bot";
  /** A staff note cannot be written in this type, so that none can leave. */
  visibility: "public";
  /** How many attempts went before this one; 0 for the first. Lengthens the pause that a receipt asks for. */
  attempt: number;
};

/** Why a provider refused; decides what people and jobs do next. */
export type FailureReason =
  | "transient"
  | "throttled"
  | "auth"
  | "permission"
  | "window"
  | "recipient"
  | "request"
  | "policy";

/**
 * What came of one attempt.
 * `unknown` means that the request left and no clear answer came: the message may have arrived and must not be sent again
 * before a status, a person or a long timer has decided.
 */
export type Receipt =
  | { outcome: "sent"; externalId: string; addresses: Address[] }
  | {
      outcome: "failed";
      reason: FailureReason;
      code: string;
      subcode?: string;
      text: string;
      /** "no" is final for this message. With `channel` set, the channel stops and keeps its queue, this one included. */
      retry: "no" | { afterMs: number };
      channel?: "auth_dead" | "policy";
      trace?: string;
    }
  | { outcome: "unknown"; code: string; text: string; trace?: string };

/** How a driver reaches its provider. */
export type ProviderHttp = {
  /** Origin of Meta's Graph API, without a slash at the end. */
  graphUrl: string;
  version: string;
  /** The whole attempt, answer's body included. */
  timeoutMs: number;
  fetch?: typeof fetch;
  random?: () => number;
};
