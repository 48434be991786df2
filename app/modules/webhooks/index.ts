export { WEBHOOK_EVENTS, type WebhookEvent } from "./webhook-fields";
