export { type ChannelRow, type ChannelSettings, createChannel, type NewChannel } from "./create-channel.server";
export { DRIVERS, driverOfObject } from "./drivers.server";
export { type SubscriptionAnswer, signedBy, verifySubscription } from "./meta/signature.server";
export { providerHttp } from "./provider-http.server";
export { addChannel, type Channel, getChannelHealth, listChannels } from "./read-channels.server";
export { openOrNull } from "./sealed-settings.server";
export { findChannelsOfAccount, type WebhookSecret, webhookSecrets } from "./webhook-secrets.server";
