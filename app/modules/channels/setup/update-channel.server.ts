import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordChange } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { openSettings } from "../sealed-settings.server";
import { type Channel, requireAdmin, toChannel } from "./channel-view.server";
import { accountFields, areaFor, asTaken, type ChannelRow, flowFor } from "./create-channel.server";
import { lockChannel } from "./lock-channel.server";

const MOST_HOURS = 168;

export type ChannelPatch = {
  name?: string;
  areaId?: string;
  /** Null: people answer at once. */
  flowId?: string | null;
  /** For so many hours after its closing a ticket is opened again by its customer: 0 to 168. */
  reopenHours?: number;
  /** What changes of the settings; null takes a setting away. The rest stays as it is. */
  settings?: Record<string, unknown>;
};

/**
 * Changes a channel's name, area, flow, reopening or secrets. New secrets clear what the provider refused the old ones for.
 * @throws AppError 404, 403 for agents, `account_taken` (409), `channel_disabled`, `area_unknown`, `flow_unknown`,
 *   `settings_invalid`, `account_fixed` (422) when the settings name another account: that is another channel
 */
export async function updateChannel(
  actor: Actor,
  orgId: string,
  channelId: string,
  patch: ChannelPatch,
): Promise<Channel> {
  requireAdmin(actor, orgId, "channels:write");
  return transact(actor, { orgId }, async (ctx) => {
    const row = await lockChannel(ctx, channelId);
    if (row.disabledAt) throw invalid("channel_disabled");
    const changes = await changesOf(ctx, row, patch);
    if (Object.keys(changes).length === 0) return toChannel(row);
    const { channel } = schema;
    try {
      await ctx.tx.update(channel).set(changes).where(eq(channel.id, channelId));
    } catch (error) {
      throw asTaken(error);
    }
    const after = { ...row, ...changes };
    await recordChange(ctx, {
      orgId,
      action: "channel.changed",
      subject: after,
      before: shown(row),
      // That the secrets are others is told, never what they are.
      after: { ...shown(after), ...(patch.settings && { settings: Object.keys(patch.settings) }) },
    });
    return toChannel(after);
  });
}

const shown = ({ name, areaId, flowId, reopenHours }: ChannelRow) => ({ name, areaId, flowId, reopenHours });

async function changesOf(ctx: Context, row: ChannelRow, patch: ChannelPatch): Promise<Partial<ChannelRow>> {
  const name = patch.name?.trim();
  const { reopenHours } = patch;
  if (reopenHours !== undefined && !(Number.isInteger(reopenHours) && reopenHours >= 0 && reopenHours <= MOST_HOURS))
    throw invalid("out_of_range", { field: "reopenHours" });
  return {
    ...(name && { name }),
    ...(reopenHours !== undefined && { reopenHours }),
    ...(patch.areaId && { areaId: await areaFor(ctx, row.orgId, patch.areaId) }),
    ...(patch.flowId !== undefined && { flowId: await flowFor(ctx, row.orgId, patch.flowId) }),
    ...(patch.settings && newAccount(row, patch.settings)),
  };
}

function newAccount(row: ChannelRow, settings: Record<string, unknown>): Partial<ChannelRow> {
  const place = { orgId: row.orgId, channelId: row.id };
  const stored = row.sealedSettings ? (openSettings(row.sealedSettings, place) as Record<string, unknown>) : {};
  const merged = Object.entries({ ...stored, ...settings }).filter(([, value]) => value !== null);
  const account = accountFields(row.kind, Object.fromEntries(merged), place);
  if (account.externalId !== row.externalId) throw invalid("account_fixed");
  return { ...account, health: "ok", healthReason: null };
}
