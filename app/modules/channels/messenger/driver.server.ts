import type { ProviderDriver } from "../driver";
import { parseMessaging } from "../meta/parse-messaging.server";
import { unsupportedSend } from "../meta/unsupported-send";
import { fitContent } from "../rendering/fit-content";
import { MESSENGER_LIMITS } from "./limits";
import { messengerSettings } from "./settings";

/** The Messenger platform: reads what a page receives. */
export const messengerDriver: ProviderDriver = {
  kind: "messenger",
  delivery: "provider",
  settings: messengerSettings,
  object: "page",
  parse: (payload) => parseMessaging(payload, { account: "page_id", person: "psid" }),
  plan: (content) => fitContent(content, MESSENGER_LIMITS),
  send: unsupportedSend,
};
