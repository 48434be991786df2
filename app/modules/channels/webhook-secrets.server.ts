import { and, eq, isNull, ne } from "drizzle-orm";
import { asSystem, type Tx } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { schema } from "~db/index.server";
import type { ChannelSettings } from "./create-channel.server";
import { openSettings } from "./sealed-settings.server";

export type WebhookSecret = { id: string; secret: string };

/**
 * Every secret that may sign a webhook: the installation's app (`app`), and those of organisations that bring a Meta app
 * of their own. A body reaches only the channels that are bound to the secret that signed it.
 */
export async function webhookSecrets(): Promise<WebhookSecret[]> {
  const own = await asSystem("secrets that sign webhooks", (tx) => ownSecrets(tx));
  const app = env().meta.appSecret;
  return app ? [{ id: "app", secret: app }, ...own] : own;
}

async function ownSecrets(tx: Tx): Promise<WebhookSecret[]> {
  const { channel } = schema;
  const rows = await tx
    .selectDistinctOn([channel.secretBinding])
    .from(channel)
    .where(and(ne(channel.secretBinding, "app"), isNull(channel.disabledAt)));
  return rows.flatMap((row) => {
    if (!row.sealedSettings) return [];
    const settings = openSettings(row.sealedSettings, { orgId: row.orgId, channelId: row.id }) as ChannelSettings;
    return settings.app_secret ? [{ id: row.secretBinding, secret: settings.app_secret }] : [];
  });
}

/** The channel that an account of a body belongs to, if the body was signed with the secret that it is bound to. */
export async function findChannelOfAccount(tx: Tx, externalId: string, verifiedBy: readonly string[]) {
  const { channel } = schema;
  const rows = await tx
    .select()
    .from(channel)
    .where(and(eq(channel.externalId, externalId), isNull(channel.disabledAt)));
  return rows.find((row) => verifiedBy.includes(row.secretBinding)) ?? null;
}
