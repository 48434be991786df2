import type { ZodType } from "zod";
import type { InboundBatch } from "./inbound-event";
import type { ChannelKind } from "./kinds";
import type { OutboundContent, OutboundMessage, ProviderHttp, Receipt } from "./outbound-message";

/** The hub itself brings the message to the reader: nothing is parsed and nothing is sent. */
export type HubDriver = { kind: ChannelKind; delivery: "hub"; settings: ZodType };

/** A provider stands between us and the customer; the driver only translates. */
export type ProviderDriver = {
  kind: ChannelKind;
  delivery: "provider";
  /** What a channel of this kind must know of its account. */
  settings: ZodType;
  /** The word in the field `object` of the provider's webhooks. */
  object: string;
  /** Reads a webhook's body. Never throws; what cannot be used is an `ignored` event. */
  parse(payload: unknown): InboundBatch[];
  /** The messages that this content becomes on this channel, in order: one job and one `send` for each. */
  plan(content: OutboundContent): OutboundContent[];
  /** One attempt, one message. Never throws. `settings` are the channel's, decrypted. */
  send(message: OutboundMessage, settings: unknown, http: ProviderHttp): Promise<Receipt>;
};

export type ChannelDriver = HubDriver | ProviderDriver;
