import { askServer } from "~/platform/ask-server";
import type { LocalDraft } from "./local-draft";

type ServerDraft = { text: string; updated_at: string | null };

const path = (conversationId: string) => `/conversations/${conversationId}/draft`;

/** Null where it is not to be had now. */
export const fetchDraft = (conversationId: string): Promise<ServerDraft | null> =>
  askServer<ServerDraft>(path(conversationId)).catch(() => null);

/** Goes on while the page is being left. Returns whether it arrived. */
export const postDraft = (conversationId: string, { text, at }: LocalDraft): Promise<boolean> =>
  askServer(path(conversationId), { text, updated_at: new Date(at).toISOString() }, { keepalive: true }).then(
    () => true,
    () => false,
  );
