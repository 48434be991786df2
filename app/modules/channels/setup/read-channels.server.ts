import { asc, count, eq, isNull, min, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Channel, requireAdmin, toChannel } from "./channel-view.server";
import { createChannel, type NewChannel } from "./create-channel.server";

export async function listChannels(actor: Actor, orgId: string): Promise<Channel[]> {
  requireAdmin(actor, orgId, "channels:read");
  return inScope({ orgId }, async (tx) => {
    const { channel } = schema;
    const rows = await tx.select().from(channel).where(isNull(channel.disabledAt)).orderBy(asc(channel.createdAt));
    return rows.map(toChannel);
  });
}

/** Adds a channel as an admin. @throws AppError as `createChannel` does, and 403 for agents */
export async function addChannel(actor: Actor, input: NewChannel): Promise<Channel> {
  requireAdmin(actor, input.orgId, "channels:write");
  return transact(actor, { orgId: input.orgId }, async (ctx) => toChannel(await createChannel(ctx, input)));
}

/** A channel with what tells whether it lives; those that were ended come last. */
export type ChannelWithHealth = Channel & {
  last_webhook_at: string | null;
  last_stored_at: string | null;
  last_sent_at: string | null;
  /** How much came in that could not be used. */
  ignored: number;
};

/** All channels of an organisation for the page that administers them. @throws AppError 404, 403 for agents */
export async function listChannelsWithHealth(actor: Actor, orgId: string): Promise<ChannelWithHealth[]> {
  requireAdmin(actor, orgId, "channels:read");
  return inScope({ orgId }, async (tx) => {
    const { channel, channelHealth } = schema;
    const rows = await tx
      .select({ channel, health: channelHealth })
      .from(channel)
      .leftJoin(channelHealth, eq(channelHealth.channelId, channel.id))
      .orderBy(sql`${channel.disabledAt} is not null`, asc(channel.createdAt), asc(channel.id));
    return rows.map((row) => ({
      ...toChannel(row.channel),
      last_webhook_at: row.health?.lastWebhookAt?.toISOString() ?? null,
      last_stored_at: row.health?.lastStoredAt?.toISOString() ?? null,
      last_sent_at: row.health?.lastSentAt?.toISOString() ?? null,
      ignored: row.health?.ignoredCount ?? 0,
    }));
  });
}

/** Whether a channel lives: what came last, what waits, what was left out. */
export async function getChannelHealth(actor: Actor, orgId: string, channelId: string) {
  requireAdmin(actor, orgId, "channels:read");
  if (!isUuid(channelId)) throw notFound("channel");
  return inScope({ orgId }, async (tx) => {
    const { channel, channelHealth, outbox } = schema;
    const [row] = await tx
      .select({ channel, health: channelHealth })
      .from(channel)
      .leftJoin(channelHealth, eq(channelHealth.channelId, channel.id))
      .where(eq(channel.id, channelId));
    if (!row) throw notFound("channel");
    const [backlog] = await tx
      .select({ waiting: count(), oldest: min(outbox.createdAt) })
      .from(outbox)
      .where(sql`${outbox.channelId} = ${channelId} and ${outbox.state} in ('waiting', 'sending')`);
    return {
      id: row.channel.id,
      health: row.channel.health,
      reason: row.channel.healthReason,
      last_webhook_at: row.health?.lastWebhookAt?.toISOString() ?? null,
      last_stored_at: row.health?.lastStoredAt?.toISOString() ?? null,
      last_sent_at: row.health?.lastSentAt?.toISOString() ?? null,
      ignored: row.health?.ignoredCount ?? 0,
      outbox_waiting: backlog?.waiting ?? 0,
      outbox_oldest_at: backlog?.oldest?.toISOString() ?? null,
    };
  });
}
