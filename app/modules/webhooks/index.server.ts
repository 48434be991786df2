export { deleteWebhook, renewSecret, updateWebhook } from "./change-webhook.server";
export { collectEvents, tidyDeliveries } from "./collect-events.server";
export { createWebhook } from "./create-webhook.server";
export { deliverWebhook } from "./deliver-webhook.server";
export { type Delivery, getWebhook, listDeliveries, listWebhooks, type Webhook } from "./list-webhooks.server";
export { sendAgain, tryWebhook } from "./send-again.server";
