export {
  createHubClient,
  type HubClient,
  type HubEvent,
  type HubHandlers,
  type HubStatus,
} from "./client/hub-client";
export { type Acknowledged, HubRefusal, type Outgoing } from "./client/outgoing";
export { useHub, useHubTopic } from "./client/use-hub";
export { CLOSE, comesBack, type Rev, type ServerFrame, SUBPROTOCOL } from "./protocol";
