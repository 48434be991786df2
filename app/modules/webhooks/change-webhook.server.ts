import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import { parseChange, recordAudit, recordChange } from "~/modules/accounts/index.server";
import { currentCursor } from "~/modules/tickets/index.server";
import { forbidden } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockWebhook, type Named, type WebhookRow } from "./find-webhook.server";
import { readWebhook, type Webhook } from "./list-webhooks.server";
import { type WebhookChange, webhookChange } from "./webhook-fields";
import { makeSecret } from "./webhook-secret.server";

const { webhook } = schema;

/** So long the former secret signs beside the new one. */
const OVERLAP_MS = 24 * 3_600_000;

const shown = ({ url, events, notes, disabledAt }: WebhookRow) => ({
  url,
  events,
  notes,
  enabled: disabledAt === null,
});
const subjectOf = ({ id, url }: WebhookRow) => ({ id, name: new URL(url).host });

/**
 * Changes where a webhook leads, what it tells, and whether it does; what is not named stays. Who lets it tell notes lends
 * it their own eyes. Switched on again it goes on from now.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do
 */
export async function updateWebhook(
  ctx: Context<Actor>,
  input: { orgId: string; webhookId: string; change: WebhookChange },
): Promise<Webhook> {
  const before = await lockWebhook(ctx, input);
  const { enabled, ...change } = parseChange(webhookChange, input.change);
  const memberId = membershipIn(ctx.actor, input.orgId)?.memberId;
  if (!memberId) throw forbidden();
  const on = { disabledAt: null, disabledBy: null, failingSince: null, cursor: await currentCursor(ctx.tx), memberId };
  const off = { disabledAt: before.disabledAt ?? ctx.now, disabledBy: before.disabledBy ?? ("hand" as const) };
  const set = {
    ...change,
    ...(change.notes && !before.notes ? { memberId } : {}),
    ...(enabled === true && before.disabledAt ? on : {}),
    ...(enabled === false ? off : {}),
  };
  if (Object.keys(set).length === 0) return readWebhook(ctx, input);
  const after = { ...before, ...set };
  await ctx.tx.update(webhook).set(set).where(eq(webhook.id, before.id));
  const states = { before: shown(before), after: shown(after) };
  await recordChange(ctx, { orgId: input.orgId, action: "webhook.changed", subject: subjectOf(after), ...states });
  return readWebhook(ctx, input);
}

/** Ends a webhook, with what was on its way and its log. @throws AppError `not_found`, `forbidden` */
export async function deleteWebhook(ctx: Context<Actor>, input: Named): Promise<void> {
  const row = await lockWebhook(ctx, input);
  await ctx.tx.delete(webhook).where(eq(webhook.id, row.id));
  const before = { url: row.url };
  await recordAudit(ctx, { orgId: input.orgId, action: "webhook.deleted", subject: subjectOf(row), before });
}

/**
 * Gives a webhook another secret, told here and never again. For a day the former one signs too, so that nothing is lost
 * while the other side learns it.
 * @throws AppError `not_found`, `forbidden`
 */
export async function renewSecret(ctx: Context<Actor>, input: Named): Promise<{ secret: string }> {
  const row = await lockWebhook(ctx, input);
  const { secret, sealed } = makeSecret(row);
  const formerUntil = new Date(ctx.now.getTime() + OVERLAP_MS);
  const set = { sealedSecret: sealed, sealedFormer: row.sealedSecret, formerUntil };
  await ctx.tx.update(webhook).set(set).where(eq(webhook.id, row.id));
  await recordAudit(ctx, { orgId: input.orgId, action: "webhook.secret_renewed", subject: subjectOf(row) });
  return { secret };
}
