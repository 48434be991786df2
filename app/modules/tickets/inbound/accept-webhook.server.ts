import { signedBy, webhookSecrets } from "~/modules/channels/index.server";
import { asSystem } from "~/platform/db.server";
import { unauthorized } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import { processWebhook } from "./process-webhook.server";

const OBJECT = /"object"\s*:\s*"([a-z_]{1,40})"/;

/**
 * Takes a webhook of Meta's: checks the signature over the raw bytes, and stores them with the job that reads them in
 * one transaction. When this returns, nothing of the body can be lost; what it says is judged later.
 * @throws AppError 401 when no known secret signed it, 503 when it could not be stored (the provider sends it again)
 */
export async function acceptWebhook(raw: Buffer, signature: string | null): Promise<void> {
  const verifiedBy = signedBy(raw, signature ?? undefined, await webhookSecrets());
  if (verifiedBy.length === 0) throw unauthorized("signature_invalid");
  const id = newId();
  const object = OBJECT.exec(raw.toString("latin1"))?.[1] ?? "";
  await asSystem("store a webhook", async (tx, now) => {
    await tx.insert(schema.webhookInbox).values({ id, object, verifiedBy, body: raw, receivedAt: now });
    await enqueue(tx, processWebhook, { inboxId: id });
  });
}
