export { ADDRESS_KINDS, type Address, type AddressKind, IDENTIFYING } from "./address";
export { type BlockedReason, type Capability, type CapabilityInput, capability } from "./capability";
export { type ChannelLimits, type TextUnit, UNLIMITED } from "./channel-limits";
export type {
  AccountKey,
  DeliveryError,
  DeliveryStatus,
  IgnoredReason,
  InboundAttachment,
  InboundBatch,
  InboundContent,
  InboundEvent,
  JsonObject,
  NoticeTopic,
  Person,
} from "./inbound-event";
export { CHANNEL_KINDS, CHANNEL_LIMITS, type ChannelKind, carriesFiles, isChannelKind } from "./kinds";
export type {
  ChoiceButton,
  FailureReason,
  ListRow,
  ListSection,
  OutboundCard,
  OutboundContent,
  OutboundMedia,
  OutboundMessage,
  OutboundWords,
  ProviderHttp,
  Receipt,
} from "./outbound-message";
export { PHONE_COUNTRIES, type PhoneCountry, phoneKey, phoneVariants } from "./phone";
export { fitContent, fitsAsButtons, fitsAsCard, fitsAsList } from "./rendering/fit-content";
export { measureText, splitText } from "./rendering/split-text";
