import { z } from "zod";

/** What an address may be told of. */
export const WEBHOOK_EVENTS = ["ticket.changed", "message.created", "message.edited", "message.deleted"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** A trial, which only its button sends. */
export const TRIAL = "webhook.test";

const LONGEST_URL = 1_000;

/** What is signed is not thereby secret: it leaves over https alone, to a host by its name, as nobody. */
function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === "https:" && url.username === "" && url.password === "" && url.hash === "";
}

/** What admins may set; each message is the code of the text for people. */
export const webhookChange = z
  .strictObject({
    url: z
      .string("webhook_url_invalid")
      .trim()
      .max(LONGEST_URL, "webhook_url_invalid")
      .refine(isAddress, "webhook_url_invalid"),
    events: z
      .array(z.enum(WEBHOOK_EVENTS, "invalid"))
      .min(1, "webhook_events_missing")
      .transform((all) => WEBHOOK_EVENTS.filter((one) => all.includes(one))),
    notes: z.boolean(),
    enabled: z.boolean(),
  })
  .partial();

export type WebhookChange = z.input<typeof webhookChange>;
