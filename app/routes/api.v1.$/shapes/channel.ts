import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";
import { id, named, time } from "./named";

export const channel = named(
  "Channel",
  "A door by which customers reach the organisation. Its secrets are never part of it.",
  z.object({
    id,
    kind: z.enum(CHANNEL_KINDS),
    name: z.string(),
    area_id: id,
    flow_id: id.nullable(),
    account: z.string().nullable(),
    reopen_hours: z.int(),
    health: z.enum(["ok", "reconnect", "blocked"]),
    health_reason: z.string().nullable(),
    disabled_at: time.nullable(),
    created_at: time,
  }),
);

export const channelHealth = named(
  "ChannelHealth",
  "Whether a channel lives: what came last, what waits to leave, what was left out.",
  z.object({
    id,
    health: z.enum(["ok", "reconnect", "blocked"]),
    reason: z.string().nullable(),
    last_webhook_at: time.nullable(),
    last_stored_at: time.nullable(),
    last_sent_at: time.nullable(),
    ignored: z.int(),
    outbox_waiting: z.int(),
    outbox_oldest_at: time.nullable(),
  }),
);
