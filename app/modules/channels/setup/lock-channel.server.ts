import { eq } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { ChannelRow } from "./create-channel.server";

/** A channel of the transaction's organisation, locked until its end. @throws AppError 404 when there is none */
export async function lockChannel(ctx: Context, channelId: string): Promise<ChannelRow> {
  if (!isUuid(channelId)) throw notFound("channel");
  const { channel } = schema;
  const [row] = await ctx.tx.select().from(channel).where(eq(channel.id, channelId)).for("update");
  if (!row) throw notFound("channel");
  return row;
}
