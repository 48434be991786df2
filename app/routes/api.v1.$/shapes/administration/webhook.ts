import { z } from "zod";
import { id, named, time } from "../named";

const known = {
  id,
  url: z.string(),
  events: z.array(z.string()),
  notes: z.boolean().describe("Whether colleagues' notes leave too"),
  enabled: z.boolean(),
  disabled_by: z
    .enum(["hand", "failing", "member", "loop"])
    .nullable()
    .describe(
      "`failing`: nothing was taken for three days; `member`: nobody is left with whose eyes it saw; `loop`: members wrote more in one conversation than hands can",
    ),
  failing_since: time.nullable(),
  member: z.object({ id, name: z.string() }).describe("With whose eyes it sees"),
  created_at: time,
};
const secret = z.string().describe("Signs what is sent; told here alone");

export const webhook = named(
  "Webhook",
  "An address that is told what happens in tickets. Each event is a POST of `{ id, event, at, organisation_id, data }` with " +
    "the header `X-Guazu-Signature: t=<unix>,v1=<hmac sha256 of t, a dot and the body>`, in order for each customer.",
  z.object(known),
);

export const madeWebhook = named("MadeWebhook", "A webhook with its secret.", z.object({ ...known, secret }));

export const webhookSecret = named(
  "WebhookSecret",
  "Another secret; for a day the former one signs too.",
  z.object({ secret }),
);

export const webhookDelivery = named(
  "WebhookDelivery",
  "One event on its way to one address.",
  z.object({
    id,
    event: z.string(),
    ticket_id: id.nullable(),
    state: z.enum(["waiting", "sent", "failed"]),
    attempts: z.int(),
    status: z.int().nullable().describe("The HTTP status that was answered last"),
    error: z.string().nullable(),
    at: time,
    done_at: time.nullable(),
  }),
);
