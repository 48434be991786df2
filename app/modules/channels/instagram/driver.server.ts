import type { ProviderDriver } from "../driver";
import { parseMessaging } from "../meta/parse-messaging.server";
import { unsupportedSend } from "../meta/unsupported-send";
import { fitContent } from "../rendering/fit-content";
import { INSTAGRAM_LIMITS } from "./limits";
import { instagramSettings } from "./settings";

/** Instagram messaging: reads what an account receives. */
export const instagramDriver: ProviderDriver = {
  kind: "instagram",
  delivery: "provider",
  settings: instagramSettings,
  object: "instagram",
  parse: (payload) => parseMessaging(payload, { account: "ig_id", person: "igsid" }),
  plan: (content) => fitContent(content, INSTAGRAM_LIMITS),
  send: unsupportedSend,
};
