import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ComposerFiles } from "~/ui/conversation/composer-files/composer-files";
import type { Recording } from "~/ui/conversation/voice/recording";
import { takeHanded } from "./handed-files";
import { hasKept } from "./uploading/kept-place";
import type { Load } from "./uploading/tray";
import type { UploadItem } from "./uploading/upload-items";
import type { UploadQueue } from "./uploading/upload-queue";

export type SendOptions = {
  visibility?: "public" | "staff";
  basedOnSeq?: number | null;
  replyTo?: string | null;
};
/** How a message leaves: with its files, whole or on their way. */
export type SendWithFiles = (text: string, options: SendOptions & { load?: Load }) => void;

export type UploadFiles = Omit<ComposerFiles, "sendVoice"> & {
  sendVoice: (recording: Recording, options?: SendOptions) => void;
  /** Puts files back that a message had taken and did not bring along: they are whole. */
  putBack: (files: readonly UploadItem[]) => void;
};

const NOTHING: readonly UploadItem[] = [];
const AGAIN_MS = 5_000;

const loadPart = async () => (await import("./uploading/tray")).tray;
type Part = Awaited<ReturnType<typeof loadPart>>;
let part: Part | null = null;

/** The queue and the protocol come with the first file: most chats have none. Without a network they may take a while. */
async function uploading(): Promise<Part> {
  for (;;) {
    part ??= await loadPart().catch(() => null);
    if (part) return part;
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

/**
 * What is uploaded for a conversation before it is sent, for the composer. `send` hands a message on with the files that
 * are there, whether they are whole or not.
 */
export function useUploads(conversationId: string, send: SendWithFiles) {
  const [tray, setTray] = useState<UploadQueue | null>(null);
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    setTray(part?.of(conversationId) ?? null);
    if (hasKept(conversationId)) void uploading().then(async (part) => setTray(await part.open(conversationId)));
  }, [conversationId]);
  const list = useSyncExternalStore(tray?.subscribe ?? never, tray?.items ?? nothing, nothing);
  // One after the other: files are looked at before they appear, and a message that is sent meanwhile takes them along.
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waits = useRef(0);
  const [looking, setLooking] = useState(0);
  const inLine = useCallback((work: () => Promise<void>) => {
    waits.current++;
    line.current = line.current.then(work).finally(() => {
      waits.current--;
    });
  }, []);
  const withTray = useCallback(
    async (work: (tray: UploadQueue) => void | Promise<void>) => {
      const tray = await (await uploading()).open(conversationId);
      setTray(tray);
      await work(tray);
    },
    [conversationId],
  );
  const add = useCallback(
    (added: readonly File[]) => {
      setLooking((count) => count + 1);
      inLine(() => withTray((tray) => tray.add(added)).finally(() => setLooking((count) => count - 1)));
    },
    [inLine, withTray],
  );
  useEffect(() => {
    const handed = takeHanded(conversationId);
    if (handed.length > 0) add(handed);
  }, [conversationId, add]);
  const sendVoice = useCallback(
    (recording: Recording, options: SendOptions = {}) =>
      inLine(async () => {
        const load = await (await uploading()).loadVoice(conversationId, recording);
        latest.current("", { ...options, load });
      }),
    [conversationId, inLine],
  );
  const files = useMemo(
    (): UploadFiles => ({
      ...{ list, looking: looking > 0, add, sendVoice },
      pause: (key) => tray?.pause(key),
      resume: (key) => tray?.resume(key),
      cancel: (key) => tray?.cancel(key),
      putBack: (files) => inLine(() => withTray((tray) => tray.putBack(files))),
    }),
    [list, looking, tray, add, sendVoice, inLine, withTray],
  );
  /** Hands over the files that are there, all of them whole, for what is not sent by `send`. */
  const take = async (): Promise<readonly UploadItem[]> => {
    if (list.length === 0) return [];
    const taken = (await uploading()).takeWhole(conversationId);
    setTray(null);
    return taken;
  };
  return {
    files,
    take,
    send: (text: string, options: SendOptions = {}) => {
      if (waits.current === 0 && list.length === 0) return latest.current(text, options);
      inLine(async () => {
        const load = await (await uploading()).take(conversationId);
        setTray(null);
        if (text !== "" || load) latest.current(text, { ...options, load });
      });
    },
  };
}

const never = () => () => {};
const nothing = () => NOTHING;
