import type { Carrier, Step } from "~/modules/files/ui/carrying/carry-files";
import type { Load } from "~/modules/files/ui/uploading/tray";
import { HubRefusal } from "../../client/outgoing";
import type { OutboxStore } from "./outbox-store";
import { Interrupted, type QueuedMessage } from "./queued-message";

/** Opens what brings files up, which comes with the first message that has any. */
export type OpenCarrier = (tell: (clientId: string, step: Step) => void) => Promise<Carrier>;

type MessageFilesParts = {
  openCarrier: OpenCarrier;
  store: OutboxStore;
  /** Something that is shown looks otherwise now. */
  changed: () => void;
  /** Another tab that held a message's files let go of them. */
  freed: (conversation: string) => void;
};

/** Refusals after which only another upload helps: the server let go of a file, or gave it to another message. */
const ANEW = new Set(["not_found", "attachment_used"]);

const filesOf = ({ files = [] }: QueuedMessage) => files;
const areWhole = (files: Step["files"]) => files.every(({ state }) => state === "ready");
const keysOf = (messages: readonly QueuedMessage[]) => new Set(messages.flatMap(filesOf).map(({ key }) => key));

/** Files as the store keeps them: an address within this page leads nowhere in the next. */
const stored = ({ files, attachments }: Step): Step => ({
  files: files.map((file) => ({ ...file, preview: null })),
  attachments: attachments.map((one) => ({ ...one, preview: null })),
});

/** Whether the store must hear of it: how many bytes are up, the server knows better. */
const isNews = (old: Step["files"] | undefined, files: Step["files"]) =>
  files.some(({ url, state }, at) => url !== old?.[at]?.url || (state === "ready") !== (old?.[at]?.state === "ready"));

/** The files of the messages in an outbox: on their way up, and as they look meanwhile. */
export function createMessageFiles({ openCarrier, store, changed, freed }: MessageFilesParts) {
  const steps = new Map<string, Step>();
  let opened: Promise<Carrier> | null = null;
  const hear = (clientId: string, step: Step) => {
    const news = isNews(steps.get(clientId)?.files, step.files);
    steps.set(clientId, step);
    if (news) void store.change(clientId, stored(step));
    changed();
  };
  const carrier = () => {
    opened ??= openCarrier(hear);
    return opened;
  };
  const carriedOf = (message: QueuedMessage) => ({
    ...message,
    files: steps.get(message.client_id)?.files ?? filesOf(message),
  });
  return {
    /** Takes the files of a new message over; the message as the store keeps it. `waiting`: what else has not gone. */
    begin(message: QueuedMessage, load: Load, waiting: readonly QueuedMessage[]): QueuedMessage {
      const { files, attachments, queue } = load;
      const step = { files, attachments };
      steps.set(message.client_id, step);
      const wanted = keysOf([...waiting, { ...message, files }]);
      if (areWhole(files)) queue.close();
      else void carrier().then((one) => one.hold({ ...message, files }, queue, wanted));
      return { ...message, ...stored(step) };
    },
    /** A message as this page shows it. */
    dress: (message: QueuedMessage): QueuedMessage => ({ ...message, ...steps.get(message.client_id) }),
    /** The message with its files whole. @throws HubRefusal, Interrupted, or what aborted it */
    async bring(message: QueuedMessage, signal: AbortSignal): Promise<QueuedMessage> {
      if (areWhole(filesOf(message))) return message;
      const one = await carrier();
      const outcome = await one.bring({ ...message, files: filesOf(message) }, signal);
      if ("step" in outcome) {
        await store.change(message.client_id, stored(outcome.step));
        return { ...message, ...outcome.step };
      }
      if (outcome.refused) throw new HubRefusal(outcome.refused);
      void one.freed(message.client_id).then(() => freed(message.conversation));
      throw new Interrupted();
    },
    /** What a refused message begins another try with. */
    async again(message: QueuedMessage): Promise<Partial<QueuedMessage>> {
      if (!message.files || !ANEW.has(message.code ?? "")) return {};
      (await carrier()).leave(message.client_id);
      steps.delete(message.client_id);
      return { files: message.files.map((file) => ({ ...file, state: "waiting", sent: 0, url: null })) };
    },
    /** New bytes for files that a former page took along. Resolves with whether they are of this message. */
    supply: async (message: QueuedMessage, picked: readonly File[], waiting: readonly QueuedMessage[]) =>
      (await carrier()).supply(carriedOf(message), picked, keysOf(waiting)),
    /** The message is gone: it was sent, or given up, or its files go with another. */
    end(message: QueuedMessage, why: "sent" | "given_up" | "taken"): void {
      const carried = carriedOf(message);
      steps.delete(message.client_id);
      if (carried.files.length > 0) void carrier().then((one) => one.drop(carried, why === "given_up"));
    },
    /** Nothing of this owner's stays in this browser. */
    async forget(owner: string, messages: readonly QueuedMessage[]): Promise<void> {
      steps.clear();
      if (opened || keysOf(messages).size > 0) await (await carrier()).forget(owner);
    },
    stop: (): void => void opened?.then((one) => one.stop()),
  };
}
