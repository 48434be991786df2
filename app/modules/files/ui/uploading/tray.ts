import type { Recording } from "~/ui/conversation/voice/recording";
import { attachmentOf } from "./attachment-of";
import { keep, readKept } from "./kept-uploads";
import type { UploadItem } from "./upload-items";
import { UploadQueue } from "./upload-queue";

/** Files as a message takes them along, whole or on their way. */
export type Load = {
  files: readonly UploadItem[];
  attachments: readonly ReturnType<typeof attachmentOf>[];
  queue: UploadQueue;
};

const trays = new Map<string, UploadQueue>();

const loadOf = (queue: UploadQueue): Load => {
  const files = queue.items();
  return { files, attachments: files.map(attachmentOf), queue };
};

/** The files of a conversation that no message has taken yet, where there are any. */
const trayOf = (conversationId: string): UploadQueue | undefined => trays.get(conversationId);

/** The same, begun where there are none. */
async function openTray(conversationId: string): Promise<UploadQueue> {
  const { Upload } = await import("tus-js-client");
  const known = trays.get(conversationId);
  if (known) return known;
  const tray = new UploadQueue({ conversation: conversationId }, Upload, readKept(conversationId));
  trays.set(conversationId, tray);
  tray.subscribe(() => {
    if (trays.get(conversationId) === tray) keep(conversationId, tray.items());
  });
  return tray;
}

/** All files that are there, for a message that takes them along; the next one begins with none. */
function takeTray(conversationId: string): Load | undefined {
  const tray = trays.get(conversationId);
  if (!tray || tray.items().length === 0) return undefined;
  trays.delete(conversationId);
  keep(conversationId, []);
  return loadOf(tray);
}

/** The same of a message that goes by another way: all are whole, and nothing of them is under way. */
function takeWhole(conversationId: string): readonly UploadItem[] {
  const load = takeTray(conversationId);
  load?.queue.close();
  return load?.files ?? [];
}

/** A voice note, which is a message of its own. */
async function loadVoice(conversationId: string, { file, duration_ms, waveform }: Recording): Promise<Load> {
  const { Upload } = await import("tus-js-client");
  const queue = new UploadQueue({ conversation: conversationId }, Upload, []);
  const look = { width: null, height: null, placeholder: null, preview: null, duration_ms, waveform };
  queue.put(file, { ...look, kind: "voice" });
  return loadOf(queue);
}

/** What waits in composers, by its conversation. */
export const tray = { of: trayOf, open: openTray, take: takeTray, takeWhole, loadVoice };
