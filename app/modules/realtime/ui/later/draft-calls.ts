import type { LocalDraft } from "./local-draft";

type ServerDraft = { text: string; updated_at: string | null };

const path = (conversationId: string) => `/conversations/${conversationId}/draft`;

/** Null where the server is not to be reached. */
export async function fetchDraft(conversationId: string): Promise<ServerDraft | null> {
  try {
    const answer = await fetch(path(conversationId), { headers: { accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as ServerDraft) : null;
  } catch {
    return null;
  }
}

/** Goes on while the page is being left. Returns whether it arrived. */
export async function postDraft(conversationId: string, { text, at }: LocalDraft): Promise<boolean> {
  try {
    const answer = await fetch(path(conversationId), {
      method: "POST",
      keepalive: true,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ text, updated_at: new Date(at).toISOString() }),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
