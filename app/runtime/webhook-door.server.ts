import { acceptWebhook } from "~/modules/tickets/index.server";
import type { DirectPost } from "~/platform/http/index.server";

/** Meta hands over what happened: stored before the 200, whatever it says. Its GET is the route's. */
export const webhookDoor: DirectPost = {
  path: "/webhooks/meta",
  async answer(body, headers) {
    await acceptWebhook(body, headers.get("x-hub-signature-256") ?? null);
    return "EVENT_RECEIVED";
  },
};
