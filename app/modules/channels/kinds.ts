import type { ChannelLimits } from "./channel-limits";
import { INSTAGRAM_LIMITS } from "./instagram/limits";
import { MESSENGER_LIMITS } from "./messenger/limits";
import { OWN_SCREEN_LIMITS } from "./web/limits";
import { WHATSAPP_LIMITS } from "./whatsapp/limits";

/** The doors by which customers reach an organisation. */
export const CHANNEL_KINDS = ["internal", "web", "whatsapp", "messenger", "instagram"] as const;

export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const isChannelKind = (value: unknown): value is ChannelKind => CHANNEL_KINDS.some((kind) => kind === value);

/** What each channel can show; bots render by it and their linter warns by it. */
export const CHANNEL_LIMITS: Record<ChannelKind, ChannelLimits> = {
  internal: OWN_SCREEN_LIMITS,
  web: OWN_SCREEN_LIMITS,
  whatsapp: WHATSAPP_LIMITS,
  messenger: MESSENGER_LIMITS,
  instagram: INSTAGRAM_LIMITS,
};

/** Whether files reach who is on the other side: our own screens show them, providers do not carry them yet. */
export const carriesFiles = (kind: ChannelKind): boolean => kind === "internal" || kind === "web";
