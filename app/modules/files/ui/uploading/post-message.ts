import type { WaitingSend } from "./waiting-sends";

const LONGEST_WAIT_MS = 30_000;

/** Sends a message where nobody looks at its conversation any more: by HTTP, as often as it takes. */
export async function postMessage(
  conversationId: string,
  { client_id, text, options }: WaitingSend,
  files: readonly { id: string }[],
): Promise<void> {
  const { visibility, basedOnSeq: based_on_seq, replyTo: reply_to } = options;
  const attachments = files.map(({ id }) => id);
  const body = JSON.stringify({ client_id, text, visibility, based_on_seq, reply_to, attachments });
  const headers = { "content-type": "application/json", accept: "application/json" };
  for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const address = `/conversations/${conversationId}/messages`;
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    if (answer && answer.status < 500 && answer.status !== 429) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
