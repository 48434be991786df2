import { createHmac } from "node:crypto";
import { type GraphStandin, startGraphStandin } from "../../../support/graph-standin/start-graph-standin";
import { APP_SECRET } from "../../../support/product";
import { textMessage, whatsAppBody, whatsAppChange } from "../../../support/whatsapp-bodies";
import type { Cluster } from "../cluster";

/** How many organisations of one cluster may have a number, one after the other. */
const NUMBERS = 500;
const numberOf = (n: number) => ({
  phoneNumberId: `1000000000${10_000 + n}`,
  wabaId: `2000000000${10_000 + n}`,
  displayPhone: `54115000${10_000 + n}`,
  token: `token-${n}`,
});
let taken = 0;

/** The provider, which both servers send to; each organisation connects a number of its own. */
export const startProvider = (): Promise<GraphStandin> =>
  startGraphStandin({ appSecret: APP_SECRET, numbers: Array.from({ length: NUMBERS }, (_, n) => numberOf(n)) });

/** Gives the organisation a number, and a way to hand a server what customers write to it. */
export async function connectLine({ a }: Cluster, handle: string) {
  const { phoneNumberId, wabaId, token } = numberOf(taken++ % NUMBERS);
  const settings = JSON.stringify({ phone_number_id: phoneNumberId, waba_id: wabaId, access_token: token });
  const { id } = await a.cli("channel:create", "--org", handle, "--kind", "whatsapp", "--settings", settings);
  return {
    channelId: id ?? "",
    /** One text of one customer as the provider posts it; resolves with the status, 0 when nobody answered. */
    async post(server: string, message: { id: string; from: string; text: string }): Promise<number> {
      const { id: wamid, from, text } = message;
      const contacts = [{ wa_id: from, profile: { name: `Cliente ${from.slice(-3)}` } }];
      const timestamp = String(Math.floor(Date.now() / 1000));
      const change = whatsAppChange({
        metadata: { phone_number_id: phoneNumberId, display_phone_number: "+54 11 5555-0000" },
        messages: [textMessage({ id: wamid, from, timestamp, text: { body: text } })],
        contacts,
      });
      const body = JSON.stringify(whatsAppBody(change));
      const signature = `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;
      const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
      return fetch(`${server}/webhooks/meta`, { method: "POST", body, headers }).then(
        ({ status }) => status,
        () => 0,
      );
    },
  };
}
