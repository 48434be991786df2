import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, readForm, runAs } from "~/modules/accounts/index.server";
import type { WebhookEvent } from "~/modules/webhooks";
import { deleteWebhook, renewSecret, sendAgain, tryWebhook, updateWebhook } from "~/modules/webhooks/index.server";
import { invalid } from "~/platform/errors";

const forms = {
  update: z.object({ url: z.string(), events: z.array(z.string()), notes: z.literal("on").optional() }),
  again: z.object({ deliveryId: fields.id }),
};

type Named = { orgId: string; webhookId: string };

/** Does what a form of a webhook's page asks for. A new secret is in the answer and nowhere else. @throws AppError */
export async function act(actor: AccountActor, named: Named, form: FormData): Promise<{ secret: string } | null> {
  const run = runAs(actor, named.orgId);
  switch (form.get("intent")) {
    case "update": {
      const { url, events, notes } = readForm(forms.update, form, ["events"]);
      const change = { url, events: events as WebhookEvent[], notes: notes !== undefined };
      await run((ctx) => updateWebhook(ctx, { ...named, change }));
      return null;
    }
    case "enable":
    case "disable": {
      const change = { enabled: form.get("intent") === "enable" };
      await run((ctx) => updateWebhook(ctx, { ...named, change }));
      return null;
    }
    case "test":
      await run((ctx) => tryWebhook(ctx, named));
      return null;
    case "again": {
      const { deliveryId } = readForm(forms.again, form);
      await run((ctx) => sendAgain(ctx, { ...named, deliveryId }));
      return null;
    }
    case "secret":
      return run((ctx) => renewSecret(ctx, named));
    case "delete":
      await run((ctx) => deleteWebhook(ctx, named));
      return null;
    default:
      throw invalid("invalid");
  }
}
