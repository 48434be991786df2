import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Channel, requireAdmin, toChannel } from "./channel-view.server";
import { areaFor, asTaken } from "./create-channel.server";
import { lockChannel } from "./lock-channel.server";

/**
 * Ends a channel: nothing comes in by it and nothing leaves by it any more, while its messages and tickets stay. Its
 * account may be connected anew. Doing it again changes nothing.
 * @throws AppError 404 for an unknown one, 403 for agents
 */
export async function disableChannel(actor: Actor, orgId: string, channelId: string): Promise<Channel> {
  requireAdmin(actor, orgId, "channels:write");
  return transact(actor, { orgId }, async (ctx) => {
    const row = await lockChannel(ctx, channelId);
    if (row.disabledAt) return toChannel(row);
    const { channel } = schema;
    await ctx.tx.update(channel).set({ disabledAt: ctx.now }).where(eq(channel.id, channelId));
    await recordAudit(ctx, { orgId, action: "channel.disabled", subject: row });
    return toChannel({ ...row, disabledAt: ctx.now });
  });
}

/**
 * Lets a channel that was ended work again; its tickets begin in the first area where its own was archived meanwhile.
 * @throws AppError 404 for an unknown one, 403 for agents, `account_taken` (409) where its account is connected anew
 */
export async function enableChannel(actor: Actor, orgId: string, channelId: string): Promise<Channel> {
  requireAdmin(actor, orgId, "channels:write");
  return transact(actor, { orgId }, async (ctx) => {
    const row = await lockChannel(ctx, channelId);
    if (!row.disabledAt) return toChannel(row);
    const { channel } = schema;
    const areaId = await areaFor(ctx, orgId, row.areaId).catch(() => areaFor(ctx, orgId, undefined));
    try {
      await ctx.tx.update(channel).set({ disabledAt: null, areaId }).where(eq(channel.id, channelId));
    } catch (error) {
      throw asTaken(error);
    }
    await recordAudit(ctx, { orgId, action: "channel.enabled", subject: row });
    return toChannel({ ...row, areaId, disabledAt: null });
  });
}
