import { idOf, listOf, objectOf } from "../meta/loose-json";
import { postGraph } from "../meta/post-graph.server";
import { readReceipt, refused } from "../meta/read-receipt";
import type { OutboundMessage, ProviderHttp, Receipt } from "../outbound-message";
import { addressesOf } from "./people";
import { requestBody, targetOf } from "./request-body";
import { whatsAppSettings } from "./settings";

/** `messages[0].id`, and the ids under which WhatsApp itself knows the recipient. */
function accepted(json: unknown): Extract<Receipt, { outcome: "sent" }> | undefined {
  const answer = objectOf(json);
  const externalId = idOf(objectOf(listOf(answer.messages)[0]).id);
  if (!externalId) return undefined;
  const contact = objectOf(listOf(answer.contacts)[0]);
  return { outcome: "sent", externalId, addresses: addressesOf({ waId: contact.wa_id, userId: contact.user_id }) };
}

/**
 * Sends one message by WhatsApp's Cloud API: one attempt, never repeated here. The content must have gone through the
 * driver's `plan`. Never throws; see `Receipt` for what to do next.
 */
export async function sendWhatsApp(message: OutboundMessage, settings: unknown, http: ProviderHttp): Promise<Receipt> {
  const known = whatsAppSettings.safeParse(settings);
  if (!known.success) return refused("bad_settings", "The channel's settings are incomplete.");
  const target = targetOf(message.to);
  if (!target) return refused("no_address", "No address of this person can be reached by WhatsApp.");
  const { phone_number_id, access_token } = known.data;
  const path = `${encodeURIComponent(phone_number_id)}/messages`;
  const answer = await postGraph(path, access_token, requestBody(message, target), http);
  return readReceipt(answer, message.attempt, http.random ?? Math.random, accepted);
}
