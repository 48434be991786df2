export type {
  Credentials,
  EditFrame,
  HubDoors,
  Joined,
  Moved,
  MovedSince,
  Principal,
  ReactFrame,
  Refreshed,
  RemoveFrame,
  Resumed,
  ResumeRequest,
  SendFrame,
  SentMessage,
} from "./doors";
export { createHub, type Hub, type HubOptions, type HubStats } from "./hub.server";
export { DEFAULT_LIMITS, type HubLimits } from "./limits";
