import { and, asc, desc, eq, lt } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Named, WebhookRow } from "./find-webhook.server";

const { account, member, ticket, webhook, webhookDelivery } = schema;

/** A webhook as admins see it: never its secret. */
export type Webhook = Pick<WebhookRow, "id" | "url" | "notes" | "disabledBy"> & {
  events: string[];
  /** With whose eyes it sees. */
  member: { id: string; name: string };
  failingSince: string | null;
  disabledAt: string | null;
  createdAt: string;
};

const select = (ctx: Pick<Context, "tx">) =>
  ctx.tx
    .select({ webhook, memberName: account.name })
    .from(webhook)
    .innerJoin(member, eq(member.id, webhook.memberId))
    .innerJoin(account, eq(account.id, member.accountId));

const view = ({ webhook: row, memberName }: { webhook: WebhookRow; memberName: string }): Webhook => ({
  ...{ id: row.id, url: row.url, events: row.events, notes: row.notes, disabledBy: row.disabledBy },
  member: { id: row.memberId, name: memberName },
  failingSince: row.failingSince?.toISOString() ?? null,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** An organisation's webhooks, the oldest first. @throws AppError `not_found`, `forbidden` */
export async function listWebhooks(ctx: Context<Actor>, orgId: string): Promise<Webhook[]> {
  authorise(ctx.actor, orgId, "webhooks.read");
  const rows = await select(ctx).where(eq(webhook.orgId, orgId)).orderBy(asc(webhook.createdAt), asc(webhook.id));
  return rows.map(view);
}

/** @throws AppError `not_found`, `forbidden` */
export async function getWebhook(ctx: Context<Actor>, named: Named): Promise<Webhook> {
  authorise(ctx.actor, named.orgId, "webhooks.read");
  return readWebhook(ctx, named);
}

/** The same for who may write it. @throws AppError `not_found` */
export async function readWebhook(ctx: Pick<Context, "tx">, { orgId, webhookId }: Named): Promise<Webhook> {
  const mine = and(eq(webhook.orgId, orgId), eq(webhook.id, webhookId));
  const [row] = isUuid(webhookId) ? await select(ctx).where(mine) : [];
  if (!row) throw notFound("webhook");
  return view(row);
}

/** One event on its way, as the log tells of it. */
export type Delivery = {
  id: string;
  event: string;
  ticketId: string | null;
  ticketNumber: number | null;
  state: "waiting" | "sent" | "failed";
  attempts: number;
  status: number | null;
  error: string | null;
  nextAt: string;
  at: string;
  doneAt: string | null;
};

/** What a webhook was told lately, the newest first. @throws AppError `not_found`, `forbidden`, `cursor_invalid` */
export async function listDeliveries(
  ctx: Context<Actor>,
  input: Named & { cursor?: string; limit: number },
): Promise<{ deliveries: Delivery[]; nextCursor: string | null }> {
  await getWebhook(ctx, input);
  const { webhookId, cursor, limit } = input;
  if (cursor && !/^\d{1,18}$/.test(cursor)) throw invalid("cursor_invalid");
  const rows = await ctx.tx
    .select({ row: webhookDelivery, number: ticket.number })
    .from(webhookDelivery)
    .leftJoin(ticket, eq(ticket.id, webhookDelivery.ticketId))
    .where(
      and(eq(webhookDelivery.webhookId, webhookId), cursor ? lt(webhookDelivery.place, BigInt(cursor)) : undefined),
    )
    .orderBy(desc(webhookDelivery.place))
    .limit(limit + 1);
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    deliveries: kept.map(({ row, number }) => ({
      ...{ id: row.id, event: row.event, ticketId: row.ticketId, ticketNumber: number, state: row.state },
      ...{ attempts: row.attempts, status: row.status, error: row.error },
      nextAt: row.nextAt.toISOString(),
      at: row.at.toISOString(),
      doneAt: row.doneAt?.toISOString() ?? null,
    })),
    nextCursor: rows.length > limit && last ? String(last.row.place) : null,
  };
}
