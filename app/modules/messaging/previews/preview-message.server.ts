import { eq } from "drizzle-orm";
import { z } from "zod";
import { asSystem } from "~/platform/db.server";
import type { EmittedEvent } from "~/platform/events";
import { type GuardedFetch, guardedFetch } from "~/platform/guarded-fetch/index.server";
import { defineJob, enqueue } from "~/platform/jobs/index.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AuthorKind, MessageKind, Visibility } from "~db/schema/messaging";
import { lockConversation } from "../append-message.server";
import { addPreview } from "../change-message.server";
import { messageCreated, messageEdited } from "../events";
import type { LinkPreview } from "../message-view";
import type { MessageRow } from "../rows.server";
import { firstLink } from "./first-link";
import { rememberedPreview } from "./remembered-preview.server";

const WRITERS: readonly AuthorKind[] = ["contact", "member", "account"];
const KINDS: readonly MessageKind[] = ["text", "media"];

type Words = { kind: MessageKind; visibility: Visibility; text: string; authorKind: AuthorKind };

/** The address that a message shows: of what people wrote for each other, never of a note for colleagues. */
function shownLink({ kind, visibility, text, authorKind }: Words): string | undefined {
  const shows = visibility === "public" && KINDS.includes(kind) && WRITERS.includes(authorKind);
  return shows ? firstLink(text) : undefined;
}

/** Fetches what a message's first address shows, and adds it to the message as it is by then. */
export const previewMessage = defineJob({
  name: "messaging.preview-message",
  lane: "report",
  maxAttempts: 2,
  payload: z.strictObject({ messageId: z.uuid() }),
  run: ({ messageId }) => showPreview(messageId, guardedFetch),
});

/** The work of the job, with the way out that it takes. */
export async function showPreview(messageId: string, fetch: GuardedFetch): Promise<void> {
  const url = waitsFor(await asSystem("find the message of a preview", (tx) => findMessage(tx, messageId)));
  if (!url) return;
  const preview = await rememberedPreview(url, fetch);
  if (!preview) return;
  await transactAsSystem(null, "a preview comes to its message", async (ctx) => {
    const found = await findMessage(ctx.tx, messageId);
    const conversation = found && (await lockConversation(ctx, found.conversationId));
    // Read under the lock: it may have been edited or taken back while the page was fetched.
    const row = await findMessage(ctx.tx, messageId);
    if (conversation && row && waitsFor(row) === url) await addPreview(ctx, { conversation, row }, preview);
  });
}

async function findMessage(tx: Parameters<typeof enqueue>[0], id: string): Promise<MessageRow | undefined> {
  const [row] = await tx.select().from(schema.message).where(eq(schema.message.id, id));
  return row;
}

/** The address that a message does not show yet. */
function waitsFor(row: MessageRow | undefined): string | undefined {
  const url = row && !row.deletedAt ? shownLink(row) : undefined;
  return url === (row?.payload?.preview as LinkPreview | undefined)?.url ? undefined : url;
}

/**
 * Asks for the previews of what was said or edited. It hears what was committed, so that no sender waits for it: should
 * the process die before this, the message goes without.
 */
export async function askForPreviews(events: readonly EmittedEvent[]): Promise<void> {
  for (const { definition, data } of events) {
    if (definition.name !== messageCreated.name && definition.name !== messageEdited.name) continue;
    const { message } = messageCreated.schema.parse(data);
    if (!shownLink({ ...message, authorKind: message.author.kind })) continue;
    const messageId = message.id;
    await asSystem("ask for a message's preview", (tx) =>
      enqueue(tx, previewMessage, { messageId }, { key: `preview:${messageId}` }),
    );
  }
}
