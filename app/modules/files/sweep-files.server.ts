import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, gt, inArray, isNotNull, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { asSystem } from "~/platform/db.server";
import { defineJob, enqueue } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { schema } from "~db/index.server";
import { fileKey, thumbnailKey } from "./storage/file-storage";
import { fileStorage, uploadFolder } from "./storage/index.server";
import { finishUpload } from "./uploads/finish-upload.server";
import { removePart } from "./uploads/part-file.server";

const AT_ONCE = 500;
/** Longer than an upload lives. */
const STRAY_MS = 26 * 3600 * 1000;

const TIDY_MS = 3600 * 1000;

/** Lets go of the bytes of a file whose row is gone. */
export const removeContent = defineJob({
  name: "files.remove-content",
  lane: "report",
  payload: z.strictObject({ id: z.uuid(), sha256: z.string() }),
  async run(stored) {
    await (await fileStorage()).remove(fileKey(stored));
    await (await fileStorage()).remove(thumbnailKey(stored));
  },
});

/**
 * Finishes uploads that a killed process left whole, and lets go of those that expired, of files that nobody sent within
 * 24 hours, of those whose conversation is gone or that no bot names, of growing files without an upload, and, once an hour, of what a killed
 * process left half in the storage.
 */
export async function sweepFiles(): Promise<void> {
  const { upload } = schema;
  const whole = await asSystem("sweep", (tx) =>
    tx
      .select({ id: upload.id })
      .from(upload)
      .where(and(eq(upload.received, upload.size), lt(upload.createdAt, sql`now() - interval '1 minute'`)))
      .limit(AT_ONCE),
  );
  for (const { id } of whole) {
    await finishUpload(id).catch((error: unknown) => log.warn({ err: error, id }, "an upload was not finished"));
  }
  for (const id of await dropExpired()) await removePart(id);
  await dropUnwanted();
  await removeStrays();
  await tidyStorage();
}

let tidied = 0;

async function tidyStorage(): Promise<void> {
  if (Date.now() - tidied < TIDY_MS) return;
  tidied = Date.now();
  await (await fileStorage()).tidy(new Date(Date.now() - STRAY_MS));
}

async function dropExpired(): Promise<string[]> {
  const { upload } = schema;
  const rows = await asSystem("sweep", (tx) =>
    tx
      .delete(upload)
      .where(or(lt(upload.expiresAt, sql`now()`), and(isNull(upload.conversationId), isNull(upload.flowId))))
      .returning({ id: upload.id }),
  );
  return rows.map(({ id }) => id);
}

async function dropUnwanted(): Promise<void> {
  const { file } = schema;
  // A message that is sent later still needs its own.
  const waits = sql`${file.id}::text in (select jsonb_array_elements_text(attachments) from scheduled_message)`;
  const old = lt(file.createdAt, sql`now() - interval '24 hours'`);
  const unsent = and(isNull(file.flowId), isNull(file.messageId), old, not(waits));
  const lost = and(isNull(file.flowId), isNull(file.conversationId));
  const shown = sql`exists (select from organisation o where o.logo_id = ${file.id})`;
  const unwanted = and(or(unsent, lost, undrawn()), not(shown));
  await asSystem("sweep", async (tx) => {
    const due = tx.select({ id: file.id }).from(file).where(unwanted).limit(AT_ONCE);
    const gone = await tx
      .delete(file)
      .where(and(inArray(file.id, due), unwanted))
      .returning({ id: file.id, sha256: file.sha256 });
    for (const stored of gone) await enqueue(tx, removeContent, stored);
  });
}

/**
 * What was brought for a bot and no bot names a day later. It is looked for on its second day alone: what was drawn by then
 * stays, since a version that somebody goes back to may still name it.
 */
function undrawn() {
  const { file } = schema;
  const named = (text: SQL) => sql`strpos(${text}::text, ${file.id}::text) > 0`;
  return and(
    isNotNull(file.flowId),
    lt(file.createdAt, sql`now() - interval '24 hours'`),
    gt(file.createdAt, sql`now() - interval '48 hours'`),
    sql`not exists (select from flow f where f.org_id = ${file.orgId} and ${named(sql`f.draft`)})`,
    sql`not exists (select from flow_version v where v.org_id = ${file.orgId} and v.created_at >= ${file.createdAt}
      and ${named(sql`v.definition`)})`,
  );
}

async function removeStrays(): Promise<void> {
  const names = await readdir(uploadFolder()).catch(() => []);
  for (const name of names) {
    const path = join(uploadFolder(), name);
    const age = Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > STRAY_MS) await rm(path, { force: true });
  }
}
