import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { readForm, runAs } from "~/modules/accounts/index.server";
import type { WebhookEvent } from "~/modules/webhooks";
import { createWebhook } from "~/modules/webhooks/index.server";

const create = z.object({ url: z.string(), events: z.array(z.string()), notes: z.literal("on").optional() });

/** Makes what the form describes; its secret is in the answer and nowhere else. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<{ id: string; secret: string }> {
  const { url, events, notes } = readForm(create, form, ["events"]);
  const webhook = { url, events: events as WebhookEvent[], notes: notes !== undefined };
  const made = await runAs(actor, orgId)((ctx) => createWebhook(ctx, { orgId, webhook }));
  return { id: made.webhook.id, secret: made.secret };
}
