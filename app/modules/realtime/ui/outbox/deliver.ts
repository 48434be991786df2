import { askServer, type Refusal } from "~/platform/ask-server";
import { GUEST } from "~/platform/kept/guest";
import type { HubClient } from "../../client/hub-client";
import { HubRefusal } from "../../client/outgoing";
import { Interrupted, type QueuedMessage } from "./queued-message";

/** An open socket that gives no answer for so long may lead nowhere. */
const PATIENCE_MS = 8_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * Brings one message to the server, whatever it takes: over the socket and, where that has no answer, over HTTP; the
 * server takes the second for a repeat. Resolves once the server has it.
 * @throws HubRefusal when the server does not want it, Interrupted when `stopped` said so first
 */
export async function deliver(client: HubClient | null, message: QueuedMessage, stopped: () => boolean): Promise<void> {
  let over = false;
  const byHttp = () => postUntilTaken(message, () => over || stopped());
  if (!client) return byHttp();
  const bySocket = client.send(frameOf(message)).catch((error) => {
    if (error instanceof HubRefusal && error.code === "ended") return byHttp();
    throw error;
  });
  const later = pause(client.status() === "open" ? PATIENCE_MS : 0).then(byHttp);
  try {
    await Promise.race([bySocket, later]);
  } finally {
    over = true;
    for (const way of [bySocket, later]) way.catch(() => {});
  }
}

function frameOf({ client_id, conversation, text, attachments, reply_to, visibility, based_on_seq }: QueuedMessage) {
  return {
    t: "send" as const,
    ref: client_id,
    conversation,
    text,
    visibility,
    ...(attachments.length > 0 && { attachments: attachments.map(({ id }) => id) }),
    ...(reply_to && { reply_to }),
    ...(based_on_seq !== null && { based_on_seq }),
  };
}

async function postUntilTaken(message: QueuedMessage, isOver: () => boolean): Promise<void> {
  for (let ms = FIRST_PAUSE_MS; !isOver(); ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
    if (await post(message)) return;
    await pause(ms);
  }
  throw new Interrupted();
}

/** Whether the server has it; false where another try may help. */
async function post(message: QueuedMessage): Promise<boolean> {
  const { t, ref, conversation, ...body } = frameOf(message);
  try {
    const as = message.owner === GUEST ? undefined : message.owner;
    await askServer(`/conversations/${conversation}/messages`, { client_id: ref, as, ...body });
    return true;
  } catch (error) {
    const { status, code, data } = error as Refusal;
    if (status === 0 || status >= 500 || status === 429) return false;
    throw new HubRefusal(code, data);
  }
}
