import { signedBy, type WebhookSecret, webhookSecrets } from "~/modules/channels/index.server";
import { asSystem } from "~/platform/db.server";
import { unauthorized } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { enqueueEach } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { createGather } from "~/platform/waiting/gather";
import { schema } from "~db/index.server";
import { linesOf } from "./customer-lines.server";
import { processWebhook } from "./process-webhook.server";
import { readEvents } from "./webhook-events.server";

const OBJECT = /"object"\s*:\s*"([a-z_]{1,40})"/;

/** Bodies may have 3 MB each, and wait in memory. */
const MAX_BATCH = 32;

type Arrival = { raw: Buffer; signature: string | null };

/**
 * Takes a webhook of Meta's: checks the signature over the raw bytes, and stores them with the job that reads them in
 * one transaction, together with those that arrived while the last was under way. When this returns, nothing of the
 * body can be lost, nor whom it follows; what else it says is judged later.
 * @throws AppError 401 when no known secret signed it, 503 when it could not be stored (the provider sends it again)
 */
export async function acceptWebhook(raw: Buffer, signature: string | null): Promise<void> {
  if (!(await storeTogether("", { raw, signature }))) throw unauthorized("signature_invalid");
}

/** Answers whether each was signed, and so stored. */
const storeTogether = createGather<Arrival, boolean>({
  run: (_, arrivals) =>
    asSystem("store webhooks", async (tx, now) => {
      const secrets = await webhookSecrets(tx);
      const judged = arrivals.map((arrival) => rowOf(arrival, secrets, now));
      const rows = judged.filter((row) => row !== null);
      if (rows.length > 0) {
        await tx.insert(schema.webhookInbox).values(rows);
        const jobs = rows.map(({ id }) => ({ inboxId: id }));
        await enqueueEach(tx, processWebhook, jobs);
      }
      return judged.map((row) => row !== null);
    }),
  maxBatch: MAX_BATCH,
  maxRunning: 1,
});

function rowOf({ raw, signature }: Arrival, secrets: readonly WebhookSecret[], now: Date) {
  const verifiedBy = signedBy(raw, signature ?? undefined, secrets);
  if (verifiedBy.length === 0) return null;
  const object = OBJECT.exec(raw.toString("latin1"))?.[1] ?? "";
  return { id: newId(), object, verifiedBy, body: raw, receivedAt: now, lines: linesIn(object, raw, verifiedBy) };
}

/** A body that cannot be read is stored all the same, in no line: its neighbours are not to fail for it, nor it be lost. */
function linesIn(object: string, raw: Buffer, verifiedBy: readonly string[]): string[] | null {
  try {
    return linesOf(readEvents(object, raw), verifiedBy);
  } catch (error) {
    log.error({ err: error, object }, "a signed webhook cannot be read");
    return null;
  }
}
