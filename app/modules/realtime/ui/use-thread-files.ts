import { useUploads } from "~/modules/files/ui/use-uploads";
import type { SendOptions } from "./use-thread";

type Live = { conversation_id: string; send: (text: string, options?: SendOptions) => void };

/** An open conversation with what is uploaded for it: `send` and `files` are for the composer, `take` for what is sent later. */
export function useThreadFiles<Thread extends Live>(live: Thread) {
  const { files, send, take } = useUploads(live.conversation_id, live.send);
  return { live, files, send, take };
}
