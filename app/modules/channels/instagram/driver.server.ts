import type { ProviderDriver } from "../driver";
import { sendPage } from "../meta/page/send-page.server";
import { parseMessaging } from "../meta/parse-messaging.server";
import { fitContent } from "../rendering/fit-content";
import { INSTAGRAM_LIMITS } from "./limits";
import { instagramSettings } from "./settings";

/** Instagram messaging: reads what an account receives, and answers as it. */
export const instagramDriver: ProviderDriver = {
  kind: "instagram",
  delivery: "provider",
  settings: instagramSettings,
  object: "instagram",
  parse: (payload) => parseMessaging(payload, { account: "ig_id", person: "igsid" }),
  plan: (content) => fitContent(content, INSTAGRAM_LIMITS),
  send(message, settings, http) {
    const known = instagramSettings.safeParse(settings);
    const account = known.success ? { id: known.data.ig_id, token: known.data.access_token } : null;
    return sendPage(message, account, "igsid", http);
  },
};
