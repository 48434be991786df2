import type { ProviderDriver } from "../driver";
import { sendPage } from "../meta/page/send-page.server";
import { parseMessaging } from "../meta/parse-messaging.server";
import { fitContent } from "../rendering/fit-content";
import { MESSENGER_LIMITS } from "./limits";
import { messengerSettings } from "./settings";

/** The Messenger platform: reads what a page receives, and answers as it. */
export const messengerDriver: ProviderDriver = {
  kind: "messenger",
  delivery: "provider",
  settings: messengerSettings,
  object: "page",
  parse: (payload) => parseMessaging(payload, { account: "page_id", person: "psid" }),
  plan: (content) => fitContent(content, MESSENGER_LIMITS),
  send(message, settings, http) {
    const known = messengerSettings.safeParse(settings);
    const account = known.success ? { id: known.data.page_id, token: known.data.access_token } : null;
    return sendPage(message, account, "psid", http);
  },
};
