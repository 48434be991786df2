import { and, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { conflict, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { deliverWebhook, jobKey } from "./deliver-webhook.server";
import { lockWebhook, type Named, type WebhookRow } from "./find-webhook.server";
import { TRIAL } from "./webhook-fields";

const { webhookDelivery } = schema;

const requireOn = ({ disabledAt }: WebhookRow) => {
  if (disabledAt) throw conflict("webhook_disabled");
};

/**
 * Sends an event to its address once more, under the same id, with what it is about as that is now. One that waits goes at
 * once.
 * @throws AppError `not_found`, `forbidden`, `webhook_disabled` (409)
 */
export async function sendAgain(ctx: Context<Actor>, input: Named & { deliveryId: string }): Promise<void> {
  const { orgId, webhookId, deliveryId } = input;
  requireOn(await lockWebhook(ctx, input));
  const mine = and(eq(webhookDelivery.webhookId, webhookId), eq(webhookDelivery.id, deliveryId));
  const set = { state: "waiting", attempts: 0, nextAt: ctx.now, createdAt: ctx.now, doneAt: null } as const;
  const [row] = isUuid(deliveryId) ? await ctx.tx.update(webhookDelivery).set(set).where(mine).returning() : [];
  if (!row) throw notFound("delivery");
  const payload = { orgId, webhookId, line: row.line };
  await enqueue(ctx.tx, deliverWebhook, payload, { key: jobKey(payload) });
}

/** Sends a trial to an address: `webhook.test`, without anybody's data. @throws AppError like `sendAgain` */
export async function tryWebhook(ctx: Context<Actor>, input: Named): Promise<{ deliveryId: string }> {
  const { orgId, webhookId } = input;
  requireOn(await lockWebhook(ctx, input));
  const id = newId();
  const line = webhookId;
  const row = { id, orgId, webhookId, event: TRIAL, line, nextAt: ctx.now, at: ctx.now, createdAt: ctx.now };
  await ctx.tx.insert(webhookDelivery).values(row);
  const payload = { orgId, webhookId, line };
  await enqueue(ctx.tx, deliverWebhook, payload, { key: jobKey(payload) });
  return { deliveryId: id };
}
