import type { ChannelKind } from "./kinds";

const HOUR = 3_600_000;

/** Meta's customer service window, counted from the customer's last message by the provider's clock. */
const WINDOW_MS = 24 * HOUR;
/** How long the HUMAN_AGENT tag lets a person answer after that message (Messenger and Instagram). */
const HUMAN_TAG_MS = 7 * 24 * HOUR;

export type CapabilityInput = {
  kind: ChannelKind;
  /** When the customer last wrote, by the provider's clock; null if never. */
  lastInboundAt: Date | null;
  now: Date;
  author: "human" | "bot";
  /** The contact is blocked by the organisation. */
  blocked: boolean;
  /** The channel can send: its token lives and the provider has not barred it. */
  connected: boolean;
};

export type BlockedReason = "contact_blocked" | "disconnected" | "never_wrote" | "window_closed";

/** What may be sent now; `until` is the moment from which it no longer holds. */
export type Capability =
  | { mode: "free"; until?: Date }
  | { mode: "template" }
  | { mode: "human_tag"; until: Date }
  | { mode: "blocked"; reason: BlockedReason };

type WindowRule = (input: CapabilityInput, since: number | null) => Capability;

const always: WindowRule = () => ({ mode: "free" });

const whatsapp: WindowRule = (input, since) => openWindow(input, since) ?? { mode: "template" };

const page: WindowRule = (input, since) => {
  if (since === null) return { mode: "blocked", reason: "never_wrote" };
  const open = openWindow(input, since);
  if (open) return open;
  const until = since + HUMAN_TAG_MS;
  if (input.author === "human" && input.now.getTime() < until) return { mode: "human_tag", until: new Date(until) };
  return { mode: "blocked", reason: "window_closed" };
};

const WINDOW_RULES: Record<ChannelKind, WindowRule> = {
  internal: always,
  web: always,
  whatsapp,
  messenger: page,
  instagram: page,
};

function openWindow(input: CapabilityInput, since: number | null): Capability | null {
  if (since === null) return null;
  const until = since + WINDOW_MS;
  return input.now.getTime() < until ? { mode: "free", until: new Date(until) } : null;
}

/**
 * What may be answered on a channel at this moment; composer, bots, timers and API all ask this.
 * A provider's clock that runs ahead of ours never makes a window longer than it is.
 */
export function capability(input: CapabilityInput): Capability {
  if (input.blocked) return { mode: "blocked", reason: "contact_blocked" };
  if (!input.connected) return { mode: "blocked", reason: "disconnected" };
  const since = input.lastInboundAt ? Math.min(input.lastInboundAt.getTime(), input.now.getTime()) : null;
  return WINDOW_RULES[input.kind](input, since !== null && Number.isNaN(since) ? null : since);
}
