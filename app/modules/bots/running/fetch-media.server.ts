import { eq } from "drizzle-orm";
import { z } from "zod";
import { claimFiles, keepBytes } from "~/modules/files/index.server";
import type { Attachment } from "~/modules/messaging";
import { changeAttachments, lockConversation, toAttachment } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { FetchRefusal, type GuardedFetch, guardedFetch } from "~/platform/guarded-fetch/index.server";
import { defineJob } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const MOST_BYTES = 16 * 1_048_576;
const TIME_MS = 30_000;

type Asked = { orgId: string; messageId: string; fileId: string; url: string };

/** Brings what lies at an address into the message that a bot sent with it. Again is no harm: the file has its id by then. */
export const fetchMedia = defineJob({
  name: "bots.fetch-media",
  lane: "report",
  maxAttempts: 3,
  payload: z.strictObject({ orgId: z.uuid(), messageId: z.uuid(), fileId: z.uuid(), url: z.url().max(3000) }),
  run: (asked) => bringIn(asked, guardedFetch),
});

/** The work of the job, with the way out that it takes. What cannot be fetched is shown as failed, and no retry helps. */
export async function bringIn(asked: Asked, fetch: GuardedFetch): Promise<void> {
  const message = await asSystem("find the message of a bot's picture", (tx) => findMessage(tx, asked));
  if (!message || message.deletedAt) return;
  const bytes = await bytesAt(asked.url, fetch);
  const attachment = (message.attachments as Attachment[]).find(({ id }) => id === asked.fileId);
  if (!attachment) return;
  const { conversationId } = message;
  const kept =
    bytes &&
    (await keepBytes(
      { id: asked.fileId, orgId: asked.orgId, conversationId, name: attachment.name ?? attachment.kind },
      bytes,
    ));
  await transactAsSystem(null, "a bot's picture comes to its message", async (ctx) => {
    const conversation = await lockConversation(ctx, conversationId);
    const row = await findMessage(ctx.tx, asked);
    if (!conversation || !row || row.deletedAt) return;
    // A page that says "not found" is no picture.
    const file = kept && (attachment.kind === "file" || kept.kind === attachment.kind) ? kept : null;
    if (file && file.messageId === null) await claimFiles(ctx, [file], row.id);
    const arrived = file ? toAttachment(file) : { ...attachment, state: "failed" as const };
    const attachments = (row.attachments as Attachment[]).map((one) => (one.id === asked.fileId ? arrived : one));
    await changeAttachments(ctx, { conversation, row }, attachments);
  });
}

async function findMessage(tx: Parameters<Parameters<typeof asSystem>[1]>[0], { messageId }: Pick<Asked, "messageId">) {
  const [row] = await tx.select().from(schema.message).where(eq(schema.message.id, messageId));
  return row;
}

async function bytesAt(url: string, fetch: GuardedFetch): Promise<Buffer | null> {
  try {
    const { status, body } = await fetch(url, { maxBytes: MOST_BYTES, timeoutMs: TIME_MS });
    return status === 200 && body.length > 0 ? body : null;
  } catch (error) {
    if (!(error instanceof FetchRefusal)) throw error;
    log.info({ code: error.code }, "a bot's picture was not fetched");
    return null;
  }
}
