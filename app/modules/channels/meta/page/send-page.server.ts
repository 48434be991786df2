import type { OutboundMessage, ProviderHttp, Receipt } from "../../outbound-message";
import { idOf, objectOf } from "../loose-json";
import { postGraph } from "../post-graph.server";
import { readReceipt, refused } from "../read-receipt";
import { pageBody, recipientOf } from "./page-body";

/** The account that sends, out of a channel's settings; null where they are incomplete. */
type PageAccount = { id: string; token: string };

function accepted(json: unknown): Extract<Receipt, { outcome: "sent" }> | undefined {
  const externalId = idOf(objectOf(json).message_id);
  return externalId ? { outcome: "sent", externalId, addresses: [] } : undefined;
}

/** One attempt to send a message as a page or an Instagram account. Never throws; see `Receipt` for what to do next. */
export async function sendPage(
  message: OutboundMessage,
  account: PageAccount | null,
  kind: "psid" | "igsid",
  http: ProviderHttp,
): Promise<Receipt> {
  if (!account) return refused("bad_settings", "The channel's settings are incomplete.");
  const recipient = recipientOf(message.to, kind);
  if (!recipient) return refused("no_address", "No address of this person can be reached by this channel.");
  const path = `${encodeURIComponent(account.id)}/messages`;
  const answer = await postGraph(path, account.token, pageBody(message, recipient, kind), http);
  return readReceipt(answer, message.attempt, http.random ?? Math.random, accepted);
}
