import type { ScheduledMessage } from "~/modules/tickets/index.server";

/** What came of a call: its answer, or the code of why not. */
export type Outcome<T> = { done: T; code: null } | { done: null; code: string };

async function call<T>(path: string, method: string, body?: object): Promise<Outcome<T>> {
  try {
    const answer = await fetch(path, {
      method,
      headers: { accept: "application/json", ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const read = (await answer.json().catch(() => null)) as T & { code?: string };
    return answer.ok ? { done: read, code: null } : { done: null, code: read?.code ?? "unexpected" };
  } catch {
    return { done: null, code: "offline" };
  }
}

const ofConversation = (id: string) => `/conversations/${id}/scheduled`;
const ofMessage = (id: string) => `/scheduled/${id}`;

export const fetchScheduled = (conversationId: string) =>
  call<{ scheduled: ScheduledMessage[] }>(ofConversation(conversationId), "GET");

export const postScheduled = (conversationId: string, id: string, text: string, sendAt: string) =>
  call<ScheduledMessage>(ofConversation(conversationId), "POST", { client_id: id, text, send_at: sendAt });

export const patchScheduled = (id: string, change: { text?: string; send_at?: string }) =>
  call<ScheduledMessage>(ofMessage(id), "PATCH", change);

export const deleteScheduled = (id: string) => call<ScheduledMessage>(ofMessage(id), "DELETE");

export const sendScheduledAtOnce = (id: string) => call<unknown>(ofMessage(id), "POST");
