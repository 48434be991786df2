import { z } from "zod";
import { WEBHOOK_EVENTS } from "~/modules/webhooks";
import {
  createWebhook,
  type Delivery,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  renewSecret,
  sendAgain,
  tryWebhook,
  updateWebhook,
  type Webhook,
} from "~/modules/webhooks/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { paging } from "../../paging";
import { madeWebhook, webhook as shape, webhookDelivery, webhookSecret } from "../../shapes/administration/webhook";
import { done } from "../../shapes/group";

const url = z.string().max(2_000).describe("https alone, to a host that the whole Internet reaches");
const events = z.array(z.enum(WEBHOOK_EVENTS)).max(10);
const notes = z.boolean().describe("Whether colleagues' notes leave too");
const wrong = ["webhook_url_invalid", "webhook_events_missing"] as const;
const isDone = { data: { done: true as const } };

const view = (row: Webhook) => ({
  ...{ id: row.id, url: row.url, events: row.events, notes: row.notes, enabled: row.disabledAt === null },
  ...{ disabled_by: row.disabledBy, failing_since: row.failingSince, member: row.member, created_at: row.createdAt },
});
const deliveryView = (row: Delivery) => ({
  ...{ id: row.id, event: row.event, ticket_id: row.ticketId, state: row.state, attempts: row.attempts },
  ...{ status: row.status, error: row.error, at: row.at, done_at: row.doneAt },
});

export const webhooks = [
  endpoint({
    method: "GET",
    path: "/webhooks",
    name: "listWebhooks",
    summary: "The addresses that are told what happens in tickets. For admins.",
    access: "member",
    scope: "webhooks:read",
    answer: z.array(shape),
    handle: async ({ actor, orgId }) => {
      const found = await transact(actor, { orgId }, (ctx) => listWebhooks(ctx, orgId));
      return { data: found.map(view), nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/webhooks",
    name: "createWebhook",
    summary: "Tell an address of what happens in tickets from now on; its secret is told here alone. For admins.",
    access: "member",
    scope: "webhooks:write",
    body: z.strictObject({ url, events, notes: notes.default(false) }),
    answer: madeWebhook,
    statuses: [201],
    refusals: { 422: [...wrong, "too_many_webhooks"] },
    handle: async ({ actor, orgId, body, onceId }) => {
      const input = { id: onceId, orgId, webhook: body };
      const { webhook, secret } = await transact(actor, { orgId }, (ctx) => createWebhook(ctx, input));
      return { status: 201, data: { ...view(webhook), secret } };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/webhooks/:id",
    name: "updateWebhook",
    summary: "Change where a webhook leads, what it tells and whether it does; what is not named stays. For admins.",
    access: "member",
    scope: "webhooks:write",
    body: z.strictObject({
      url: url.optional(),
      events: events.optional(),
      notes: notes.optional(),
      enabled: z.boolean().optional(),
    }),
    answer: shape,
    refusals: { 422: wrong },
    handle: async ({ actor, orgId, params, body }) => {
      const input = { orgId, webhookId: params.id ?? "", change: body };
      return { data: view(await transact(actor, { orgId }, (ctx) => updateWebhook(ctx, input))) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/webhooks/:id",
    name: "deleteWebhook",
    summary: "End a webhook, with what was on its way. For admins.",
    access: "member",
    scope: "webhooks:write",
    answer: done,
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => deleteWebhook(ctx, { orgId, webhookId: params.id ?? "" }));
      return isDone;
    },
  }),
  endpoint({
    method: "POST",
    path: "/webhooks/:id/secret",
    name: "renewWebhookSecret",
    summary: "Give a webhook another secret, told here alone. For admins.",
    access: "member",
    scope: "webhooks:write",
    answer: webhookSecret,
    handle: async ({ actor, orgId, params }) => ({
      data: await transact(actor, { orgId }, (ctx) => renewSecret(ctx, { orgId, webhookId: params.id ?? "" })),
    }),
  }),
  endpoint({
    method: "POST",
    path: "/webhooks/:id/test",
    name: "tryWebhook",
    summary: "Send `webhook.test` to an address, without anybody's data. For admins.",
    access: "member",
    scope: "webhooks:write",
    answer: done,
    refusals: { 409: ["webhook_disabled"] },
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => tryWebhook(ctx, { orgId, webhookId: params.id ?? "" }));
      return isDone;
    },
  }),
  endpoint({
    method: "GET",
    path: "/webhooks/:id/deliveries",
    name: "listWebhookDeliveries",
    summary: "What an address was told in the last seven days, the newest first. For admins.",
    access: "member",
    scope: "webhooks:read",
    query: z.object(paging),
    answer: z.array(webhookDelivery),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, params, query }) => {
      const input = { orgId, webhookId: params.id ?? "", ...query };
      const page = await transact(actor, { orgId }, (ctx) => listDeliveries(ctx, input));
      return { data: page.deliveries.map(deliveryView), nextCursor: page.nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/webhooks/:id/deliveries/:delivery/send",
    name: "sendWebhookAgain",
    summary: "Send an event once more, under the same id and as things are now. For admins.",
    access: "member",
    scope: "webhooks:write",
    answer: done,
    refusals: { 409: ["webhook_disabled"] },
    handle: async ({ actor, orgId, params }) => {
      const input = { orgId, webhookId: params.id ?? "", deliveryId: params.delivery ?? "" };
      await transact(actor, { orgId }, (ctx) => sendAgain(ctx, input));
      return isDone;
    },
  }),
];
