import { SECRETS_STAMP, signedBy, type WebhookSecret, webhookSecrets } from "~/modules/channels/index.server";
import { inOneTrip, type Prepared } from "~/platform/db.server";
import { unauthorized } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { enqueueing, wakeWorkersSoon } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { createGather } from "~/platform/waiting/gather";
import { linesOf } from "./customer-lines.server";
import { processWebhook } from "./process-webhook.server";
import { readEvents } from "./webhook-events.server";

const OBJECT = /"object"\s*:\s*"([a-z_]{1,40})"/;

const MAX_BATCH = 32;
/** Of 3 MB at most; one that is larger than this, in bytes, is written alone, so that no statement grows out of hand. */
const SMALL = 64 * 1024;

type Arrival = { raw: Buffer; signature: string | null };

/**
 * Takes a webhook of Meta's: checks the signature over the raw bytes, and stores them with the job that reads them in
 * one statement, together with those that arrived while the last was under way. When this returns, nothing of the
 * body can be lost, nor whom it follows; what else it says is judged later.
 * @throws AppError 401 when no known secret signed it, 503 when it could not be stored (the provider sends it again)
 */
export async function acceptWebhook(raw: Buffer, signature: string | null): Promise<void> {
  const store = raw.length > SMALL ? storeAlone : storeTogether;
  if (!(await store("", { raw, signature }))) throw unauthorized("signature_invalid");
}

/** Answers whether each was signed, and so stored. */
async function storeSigned(_: string, arrivals: readonly Arrival[]): Promise<boolean[]> {
  for (let anew = false; ; anew = true) {
    const { secrets, stamp } = await webhookSecrets({ anew });
    const judged = arrivals.map((arrival) => rowOf(arrival, secrets));
    const rows = judged.filter((row) => row !== null);
    const good = rows.length > 0 ? await storeRows(rows, stamp) : anew;
    if (good) return judged.map((row) => row !== null);
  }
}

const storeTogether = createGather({ run: storeSigned, maxBatch: MAX_BATCH, maxRunning: 1 });
const storeAlone = createGather({ run: storeSigned, maxBatch: 1, maxRunning: 1 });

type InboxRow = { id: string; object: string; verified_by: string[]; lines: string[] | null; body: string };

/** Bodies with their jobs, in the order in which they came; none of them where the secrets are others by now. */
const STORE: Prepared = {
  name: "webhook_store(json, text)",
  sql: `
with stored as (
  insert into webhook_inbox (id, object, verified_by, lines, body, received_at)
  select n.id, n.object, n.verified_by, n.lines, decode(n.body, 'base64'), date_trunc('milliseconds', now())
  from json_to_recordset($1) n(id uuid, object text, verified_by text[], lines text[], body text)
  where ${SECRETS_STAMP} = $2 returning id)
select id, ${enqueueing(processWebhook, "json_build_object('inboxId', id)")} from (select id from stored order by id) s`,
};

async function storeRows(rows: readonly InboxRow[], stamp: string): Promise<boolean> {
  const { rows: stored } = await inOneTrip({ reason: "store webhooks" }, STORE, [JSON.stringify(rows), stamp]);
  wakeWorkersSoon();
  return stored.length > 0;
}

function rowOf({ raw, signature }: Arrival, secrets: readonly WebhookSecret[]): InboxRow | null {
  const verifiedBy = signedBy(raw, signature ?? undefined, secrets);
  if (verifiedBy.length === 0) return null;
  const object = OBJECT.exec(raw.toString("latin1"))?.[1] ?? "";
  const lines = linesIn(object, raw, verifiedBy);
  return { id: newId(), object, verified_by: verifiedBy, lines, body: raw.toString("base64") };
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
