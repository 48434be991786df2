import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ComposerFiles } from "~/ui/conversation/composer-files/composer-files";
import type { Recording } from "~/ui/conversation/voice/recording";
import { hasKept } from "./uploading/kept-place";
import type { Deliver, Shown, UploadQueue } from "./uploading/upload-queue";
import type { attachmentOf, SendOptions } from "./uploading/waiting-sends";

type Attachment = ReturnType<typeof attachmentOf>;
/** How a message with files leaves a screen that shows its conversation. */
export type SendWithFiles = (text: string, options: SendOptions & { attachments: Attachment[] }) => void;

export type UploadFiles = Omit<ComposerFiles, "sendVoice"> & {
  sendVoice: (recording: Recording, options?: SendOptions) => void;
};

const NOTHING: Shown = { list: [], waiting: [] };
const queues = new Map<string, UploadQueue>();

/** The queue and the protocol come with the first file: most chats have none. */
async function openQueue(conversationId: string, deliver: Deliver): Promise<UploadQueue> {
  const [{ UploadQueue }, { Upload }] = await Promise.all([
    import("./uploading/upload-queue"),
    import("tus-js-client"),
  ]);
  const queue = queues.get(conversationId) ?? new UploadQueue(conversationId, Upload, deliver);
  queues.set(conversationId, queue);
  return queue;
}

/**
 * What is uploaded for a conversation: the files that wait for their message, for the composer, and the messages that
 * wait for their files, for the thread. `send` hands a message on once its files are whole; without files, at once.
 */
export function useUploads(conversationId: string, send: SendWithFiles) {
  const [queue, setQueue] = useState<UploadQueue | null>(null);
  const latest = useRef(send);
  latest.current = send;
  const deliver = useCallback<Deliver>(
    ({ text, options }, attachments) => latest.current(text, { ...options, attachments }),
    [],
  );
  useEffect(() => {
    setQueue(queues.get(conversationId) ?? null);
    if (!queues.has(conversationId) && hasKept(conversationId)) void openQueue(conversationId, deliver).then(setQueue);
  }, [conversationId, deliver]);
  useEffect(() => queue?.deliverBy(deliver), [queue, deliver]);
  const { list, waiting } = useSyncExternalStore(queue?.subscribe ?? never, queue?.shown ?? nothing, nothing);
  // Files are looked at before they appear: a message that is sent meanwhile is theirs already.
  const adding = useRef<Promise<void>>(Promise.resolve());
  const [looking, setLooking] = useState(0);
  const withQueue = useCallback(
    async (work: (queue: UploadQueue) => void | Promise<void>) => {
      const opened = await openQueue(conversationId, deliver);
      setQueue(opened);
      await work(opened);
    },
    [conversationId, deliver],
  );
  const add = useCallback(
    (added: readonly File[]) => {
      setLooking((count) => count + 1);
      adding.current = adding.current
        .then(() => withQueue((opened) => opened.add(added)))
        .finally(() => setLooking((count) => count - 1));
    },
    [withQueue],
  );
  const files = useMemo(
    (): UploadFiles => ({
      list,
      looking: looking > 0,
      add,
      pause: (key) => queue?.pause(key),
      resume: (key) => queue?.resume(key),
      cancel: (key) => queue?.cancel(key),
      sendVoice: ({ file, duration_ms, waveform }, options = {}) => {
        const look = { width: null, height: null, placeholder: null, preview: null, duration_ms, waveform };
        void withQueue((opened) => opened.sendVoice(file, { ...look, kind: "voice" }, options));
      },
    }),
    [list, looking, queue, add, withQueue],
  );
  return {
    files,
    waiting,
    send: (text: string, options: SendOptions = {}) => {
      if (files.looking) void adding.current.then(() => queues.get(conversationId)?.send(text, options));
      else if (files.list.length > 0) queue?.send(text, options);
      else latest.current(text, { ...options, attachments: [] });
    },
    retry: (clientId: string) => queue?.retry(clientId),
    discard: (clientId: string) => queue?.discard(clientId),
  };
}

const never = () => () => {};
const nothing = () => NOTHING;
