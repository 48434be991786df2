import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise, parseChange, recordAudit } from "~/modules/accounts/index.server";
import { currentCursor } from "~/modules/tickets/index.server";
import { forbidden, invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { readWebhook, type Webhook } from "./list-webhooks.server";
import { type WebhookChange, webhookChange } from "./webhook-fields";
import { makeSecret } from "./webhook-secret.server";

const { webhook } = schema;
const MOST_WEBHOOKS = 20;

type Draft = { id?: string; orgId: string; webhook: WebhookChange };

/**
 * `id` names it in advance: a repeat with the same one makes no second.
 * Tells an address of what happens in tickets from now on, as far as the actor sees it. Its secret is told here and never
 * again.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do, `too_many_webhooks`
 */
export async function createWebhook(ctx: Context<Actor>, input: Draft): Promise<{ webhook: Webhook; secret: string }> {
  const { orgId, id = newId() } = input;
  const membership = authorise(ctx.actor, orgId, "webhooks.write");
  // It sees with somebody's eyes.
  if (!membership) throw forbidden();
  const given = parseChange(webhookChange.required({ url: true, events: true }), input.webhook);
  const { url, events, notes = false } = given;
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks:${orgId}`}, 0))`);
  const { secret, sealed } = makeSecret({ orgId, id });
  const mine = and(eq(webhook.orgId, orgId), eq(webhook.id, id));
  // A repeat whose first answer was lost: what was told to nobody is told anew.
  const made = await ctx.tx.update(webhook).set({ sealedSecret: sealed }).where(mine).returning({ id: webhook.id });
  if (made.length > 0) return { webhook: await readWebhook(ctx, { orgId, webhookId: id }), secret };
  if ((await ctx.tx.$count(webhook, eq(webhook.orgId, orgId))) >= MOST_WEBHOOKS)
    throw invalid("too_many_webhooks", { limit: MOST_WEBHOOKS });
  await ctx.tx.insert(webhook).values({
    ...{ id, orgId, memberId: membership.memberId, url, events, notes, sealedSecret: sealed },
    cursor: await currentCursor(ctx.tx),
    createdAt: ctx.now,
  });
  const after = { url, events, notes };
  await recordAudit(ctx, { orgId, action: "webhook.created", subject: { id, name: new URL(url).host }, after });
  return { webhook: await readWebhook(ctx, { orgId, webhookId: id }), secret };
}
