import { and, asc, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { brokenConstraint } from "~/platform/db.server";
import { conflict, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { DRIVERS } from "../drivers.server";
import type { ChannelKind } from "../kinds";
import { sealSettings, secretFingerprint } from "../sealed-settings.server";

export type ChannelSettings = { access_token?: string; app_secret?: string; [name: string]: string | undefined };
export type ChannelRow = typeof schema.channel.$inferSelect;

export type NewChannel = {
  /** Names the channel in advance: a repeat with the same id answers the first one. */
  id?: string;
  orgId: string;
  kind: ChannelKind;
  settings: unknown;
  name?: string;
  areaId?: string;
  /** Null: people answer at once. Undefined: the organisation's published flow. */
  flowId?: string | null;
};

const accountOf = (settings: ChannelSettings) => settings.phone_number_id ?? settings.ig_id ?? settings.page_id ?? null;

/**
 * Stores a channel without calling its provider; defaults are the first area and the organisation's published flow.
 * The caller has checked that the actor is an admin.
 * @throws AppError 422 `settings_invalid`, `area_unknown`, `flow_unknown`; 409 `account_taken` when the account is
 *   connected already
 */
export async function createChannel(ctx: Context<Actor>, input: NewChannel): Promise<ChannelRow> {
  const channelId = input.id ?? newId();
  const [known] = input.id ? await ctx.tx.select().from(schema.channel).where(eq(schema.channel.id, channelId)) : [];
  if (known) return known;
  const account = accountFields(input.kind, input.settings ?? {}, { orgId: input.orgId, channelId });
  try {
    const [row] = await ctx.tx
      .insert(schema.channel)
      .values({
        id: channelId,
        orgId: input.orgId,
        kind: input.kind,
        name: input.name?.trim() || DEFAULT_NAMES[input.kind],
        areaId: await areaFor(ctx, input.orgId, input.areaId),
        flowId: await flowFor(ctx, input.orgId, input.flowId),
        ...account,
        createdAt: ctx.now,
      })
      .returning();
    if (!row) throw new Error("insert returned nothing");
    await ctx.tx.insert(schema.channelHealth).values({ channelId, orgId: input.orgId });
    const after = { kind: row.kind, area_id: row.areaId };
    await recordAudit(ctx, { orgId: row.orgId, action: "channel.created", subject: row, after });
    return row;
  } catch (error) {
    throw asTaken(error);
  }
}

/** The account is connected already; any other error is itself. */
export const asTaken = (error: unknown): unknown =>
  brokenConstraint(error) === "channel_account_key" ? conflict("account_taken") : error;

/** What a channel's row holds of its settings. @throws AppError 422 `settings_invalid` with the issues */
export function accountFields(kind: ChannelKind, given: unknown, place: { orgId: string; channelId: string }) {
  const parsed = DRIVERS[kind].settings.safeParse(given);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((i) => ({ path: i.path, message: i.message }));
    throw invalid("settings_invalid", { issues });
  }
  const settings = parsed.data as ChannelSettings;
  return {
    externalId: accountOf(settings),
    secretBinding: settings.app_secret ? secretFingerprint(settings.app_secret) : "app",
    sealedSettings: Object.keys(settings).length ? sealSettings(settings, place) : null,
  };
}

const DEFAULT_NAMES: Record<ChannelKind, string> = {
  internal: "GuazuApp",
  web: "Web",
  whatsapp: "WhatsApp",
  messenger: "Messenger",
  instagram: "Instagram",
};

/** The area where tickets begin: the one named, else the first. */
export async function areaFor(ctx: Context, orgId: string, areaId: string | undefined): Promise<string> {
  const { area } = schema;
  const rows = await ctx.tx
    .select({ id: area.id })
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)))
    .orderBy(asc(area.position), asc(area.createdAt));
  const row = areaId ? rows.find((r) => r.id === areaId) : rows[0];
  if (!row) throw invalid("area_unknown");
  return row.id;
}

/** The flow that answers first: the one named, none, or (undefined) the published one. */
export async function flowFor(ctx: Context, orgId: string, flowId: string | null | undefined): Promise<string | null> {
  if (flowId === null) return null;
  const { flow } = schema;
  if (flowId) {
    const [row] = await ctx.tx
      .select({ id: flow.id })
      .from(flow)
      .where(and(eq(flow.orgId, orgId), eq(flow.id, flowId)));
    if (!row) throw invalid("flow_unknown");
    return row.id;
  }
  const rows = await ctx.tx
    .select({ id: flow.id, published: flow.publishedVersionId })
    .from(flow)
    .where(and(eq(flow.orgId, orgId), isNull(flow.archivedAt)))
    .orderBy(asc(flow.createdAt));
  return rows.find((row) => row.published)?.id ?? null;
}
