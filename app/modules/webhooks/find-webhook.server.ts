import { and, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const { webhook } = schema;
export type WebhookRow = typeof webhook.$inferSelect;
export type Named = { orgId: string; webhookId: string };

/** A webhook whose admin the actor is, held. @throws AppError `not_found`, `forbidden` */
export async function lockWebhook(ctx: Context<Actor>, { orgId, webhookId }: Named): Promise<WebhookRow> {
  authorise(ctx.actor, orgId, "webhooks.write");
  const mine = and(eq(webhook.orgId, orgId), eq(webhook.id, webhookId));
  const [row] = isUuid(webhookId) ? await ctx.tx.select().from(webhook).where(mine).for("update") : [];
  if (!row) throw notFound("webhook");
  return row;
}
