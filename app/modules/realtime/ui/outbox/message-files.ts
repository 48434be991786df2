import { type Carried, createCarrier } from "~/modules/files/ui/carrying/carry-files";
import type { Load } from "~/modules/files/ui/uploading/tray";
import { HubRefusal } from "../../client/outgoing";
import type { OutboxStore } from "./outbox-store";
import { Interrupted, type QueuedMessage } from "./queued-message";

export type Step = Pick<Load, "files" | "attachments">;

type MessageFilesParts = {
  store: Pick<OutboxStore, "change">;
  /** How the files of a message are now. */
  tell: (clientId: string, step: Step) => void;
  /** Another tab that held a message's files let go of them. */
  freed: (conversation: string) => void;
  /** What brings the files up. */
  carry?: typeof createCarrier;
};

/** Refusals after which only another upload helps: the server let go of a file, or gave it to another message. */
const ANEW = new Set(["not_found", "attachment_used"]);

const keysOf = (messages: readonly QueuedMessage[]) =>
  new Set(messages.flatMap(({ files = [] }) => files).map(({ key }) => key));

/** Whether the store must hear of it: how many bytes are up, the server knows better. */
const isNews = (old: Step["files"] | undefined, files: Step["files"]) =>
  files.some(({ url, state }, at) => url !== old?.[at]?.url || (state === "ready") !== (old?.[at]?.state === "ready"));

const carriedOf = (message: QueuedMessage): Carried => ({ ...message, files: message.files ?? [] });

/** The files of the messages in an outbox, which it asks for once there are any. */
export function createMessageFiles({ store, tell, freed, carry = createCarrier }: MessageFilesParts) {
  const heard = new Map<string, Step["files"]>();
  const carrier = carry((clientId, step) => {
    const news = isNews(heard.get(clientId), step.files);
    heard.set(clientId, step.files);
    if (news) void store.change(clientId, step);
    tell(clientId, step);
  });
  return {
    /** Takes the files of a new message over. `waiting`: all that has not gone. */
    hold: (message: QueuedMessage, { queue }: Load, waiting: readonly QueuedMessage[]) =>
      void carrier.hold(carriedOf(message), queue, keysOf(waiting)),
    /** The message with its files whole. @throws HubRefusal, Interrupted, or what aborted it */
    async bring(message: QueuedMessage, signal: AbortSignal): Promise<QueuedMessage> {
      const outcome = await carrier.bring(carriedOf(message), signal);
      if ("step" in outcome) {
        await store.change(message.client_id, outcome.step);
        return { ...message, ...outcome.step };
      }
      if (outcome.refused) throw new HubRefusal(outcome.refused);
      void carrier.freed(message.client_id).then(() => freed(message.conversation));
      throw new Interrupted();
    },
    /** What a refused message begins another try with. */
    again({ client_id, files = [], code }: QueuedMessage): Partial<QueuedMessage> {
      if (!ANEW.has(code ?? "")) return {};
      carrier.leave(client_id);
      return { files: files.map((file) => ({ ...file, state: "waiting", sent: 0, url: null })) };
    },
    /** New bytes for files that a former page took along. Resolves with whether they are of this message. */
    supply: (message: QueuedMessage, picked: readonly File[], waiting: readonly QueuedMessage[]) =>
      carrier.supply(carriedOf(message), picked, keysOf(waiting)),
    /** The message is gone: it was sent, or given up, or its files go with another. */
    end(message: QueuedMessage, why: "sent" | "given_up" | "taken"): void {
      heard.delete(message.client_id);
      carrier.drop(carriedOf(message), why === "given_up");
    },
    /** Nothing of this owner's stays in this browser. */
    forget: carrier.forget,
    stop: carrier.stop,
  };
}

export type MessageFiles = ReturnType<typeof createMessageFiles>;
