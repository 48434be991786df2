export { DRIVERS, driverOfObject } from "./drivers.server";
export { type SubscriptionAnswer, signedBy, verifySubscription } from "./meta/signature.server";
export { providerHttp } from "./provider-http.server";
export { openOrNull } from "./sealed-settings.server";
export type { Channel } from "./setup/channel-view.server";
export { type ChannelRow, type ChannelSettings, createChannel, type NewChannel } from "./setup/create-channel.server";
export { disableChannel, enableChannel } from "./setup/disable-channel.server";
export {
  addChannel,
  type ChannelWithHealth,
  getChannelHealth,
  listChannels,
  listChannelsWithHealth,
} from "./setup/read-channels.server";
export { type SettingField, settingFields } from "./setup/setting-fields.server";
export { updateChannel } from "./setup/update-channel.server";
export { findChannelsOfAccount, SECRETS_STAMP, type WebhookSecret, webhookSecrets } from "./webhook-secrets.server";
