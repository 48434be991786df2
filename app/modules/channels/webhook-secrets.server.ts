import { and, eq, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { asSystem, type Tx } from "~/platform/db.server";
import { env } from "~/platform/env.server";
import { schema } from "~db/index.server";
import type { AccountKey } from "./inbound-event";
import type { ChannelKind } from "./kinds";
import { openOrNull } from "./sealed-settings.server";
import type { ChannelRow, ChannelSettings } from "./setup/create-channel.server";

export type WebhookSecret = { id: string; secret: string };

export type WebhookSecrets = { secrets: readonly WebhookSecret[]; stamp: string };

/** SQL of a text that is another as soon as any organisation's own secret may be another. */
export const SECRETS_STAMP = `(select coalesce(sum(hashtextextended(concat_ws('.', h.id, h.xmin), 0)), 0)::text
  from channel h where h.secret_binding <> 'app')`;

let remembered: WebhookSecrets | undefined;

/**
 * Every secret that may sign a webhook: the installation's app (`app`), and those of organisations that bring a Meta app
 * of their own. A body reaches only the channels that are bound to the secret that signed it. Channels that were disabled
 * count too: what their provider goes on sending is answered, stored nowhere, and counted.
 *
 * They are remembered, for reading and opening them costs more than all else: who acts on them compares `stamp` with
 * `SECRETS_STAMP` in the transaction that does, and asks anew where it differs.
 * @param anew reads them now
 */
export async function webhookSecrets({ anew = false } = {}): Promise<WebhookSecrets> {
  if (anew || !remembered) remembered = await asSystem("the secrets that sign webhooks", readSecrets);
  const app = env().meta.appSecret;
  return app ? { ...remembered, secrets: [{ id: "app", secret: app }, ...remembered.secrets] } : remembered;
}

async function readSecrets(tx: Tx): Promise<WebhookSecrets> {
  // Before the secrets: what changes between the two makes the stamp an old one.
  const { rows } = await tx.execute<{ stamp: string }>(sql.raw(`select ${SECRETS_STAMP} as stamp`));
  return { secrets: await ownSecrets(tx), stamp: rows[0]?.stamp ?? "" };
}

async function ownSecrets(tx: Tx): Promise<WebhookSecret[]> {
  const { channel } = schema;
  const rows = await tx.selectDistinctOn([channel.secretBinding]).from(channel).where(ne(channel.secretBinding, "app"));
  return rows.flatMap((row) => {
    if (!row.sealedSettings) return [];
    const place = { orgId: row.orgId, channelId: row.id };
    const settings = openOrNull(row.sealedSettings, place) as ChannelSettings | null;
    return settings?.app_secret ? [{ id: row.secretBinding, secret: settings.app_secret }] : [];
  });
}

const KIND_OF: Record<AccountKey["kind"], ChannelKind> = {
  phone_number_id: "whatsapp",
  waba_id: "whatsapp",
  page_id: "messenger",
  ig_id: "instagram",
};

/**
 * The channels that an account of a body belongs to, if the body was signed with the secret that they are bound to. Only
 * those of the account's own kind: the same digits under another kind may be anybody's. A number, page or profile is one
 * channel; a business account holds several numbers.
 */
export async function findChannelsOfAccount(
  tx: Tx,
  account: AccountKey,
  verifiedBy: readonly string[],
  which: "living" | "disabled" = "living",
): Promise<ChannelRow[]> {
  const { channel } = schema;
  const bound = and(
    eq(channel.kind, KIND_OF[account.kind]),
    inArray(channel.secretBinding, [...verifiedBy]),
    which === "living" ? isNull(channel.disabledAt) : isNotNull(channel.disabledAt),
  );
  if (account.kind !== "waba_id") {
    const own = and(bound, eq(channel.externalId, account.id));
    return tx.select().from(channel).where(own).orderBy(channel.createdAt).limit(1);
  }
  // What concerns a whole business account is rare, and its id is sealed away.
  const rows = await tx.select().from(channel).where(bound);
  return rows.filter((row) => {
    const settings = row.sealedSettings && openOrNull(row.sealedSettings, { orgId: row.orgId, channelId: row.id });
    return (settings as ChannelSettings | null)?.waba_id === account.id;
  });
}
