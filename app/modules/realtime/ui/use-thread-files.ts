import { useMemo } from "react";
import { useUploads } from "~/modules/files/ui/use-uploads";
import type { QueuedMessage } from "./outbox/queued-message";
import type { SendOptions } from "./use-thread";

type Live = {
  conversation_id: string;
  pending: readonly QueuedMessage[];
  send: (text: string, options?: SendOptions) => void;
  retry: (clientId: string, seenSeq?: number) => void;
  discard: (clientId: string) => void;
};

/**
 * An open conversation with the files that are uploaded for it: `live` shows the messages that wait for their files
 * beside the others on their way, `send` and `files` are for the composer.
 */
export function useThreadFiles<Thread extends Live>(thread: Thread) {
  const { conversation_id: conversation, pending } = thread;
  const uploads = useUploads(conversation, thread.send);
  const { waiting, files, send } = uploads;
  const queued = useMemo(
    () =>
      waiting.map(({ client_id, text, attachments, created_at, options }): QueuedMessage => {
        const failed = attachments.some(({ state }) => state === "failed");
        return {
          ...{ client_id, conversation, owner: "", text, attachments, created_at },
          reply_to: options.replyTo ?? null,
          visibility: options.visibility ?? "public",
          based_on_seq: options.basedOnSeq ?? null,
          state: failed ? "failed" : "sending",
          code: null,
        };
      }),
    [conversation, waiting],
  );
  const isWaiting = (clientId: string) => waiting.some((one) => one.client_id === clientId);
  const live: Thread = {
    ...thread,
    pending: queued.length > 0 ? [...pending, ...queued] : pending,
    retry: (clientId, seenSeq) => (isWaiting(clientId) ? uploads.retry(clientId) : thread.retry(clientId, seenSeq)),
    discard: (clientId) => (isWaiting(clientId) ? uploads.discard(clientId) : thread.discard(clientId)),
  };
  return { live, files, send };
}
