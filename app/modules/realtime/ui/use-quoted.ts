import { useEffect, useMemo, useState } from "react";
import type { Message } from "~/modules/messaging";
import { askServer } from "~/platform/ask-server";

/** A message as another one shows that it answers it. */
export const quoteOf = (message: Message | undefined) =>
  message && { id: message.id, name: message.author.name, text: message.text, file: message.attachments[0] };

/** The messages that those on screen answer, by id; what is not loaded itself is fetched. */
export function useQuoted(conversationId: string, messages: readonly Message[]): ReadonlyMap<string, Message> {
  const [fetched, setFetched] = useState<readonly Message[]>([]);
  const [asked] = useState(() => new Set<string>());
  const byId = useMemo(() => new Map([...fetched, ...messages].map((m) => [m.id, m])), [fetched, messages]);
  const missing = useMemo(() => {
    const wanted = messages.flatMap(({ reply_to }) => (reply_to && !byId.has(reply_to) ? [reply_to] : []));
    return [...new Set(wanted)].slice(0, 50).join(",");
  }, [messages, byId]);
  useEffect(() => {
    if (!missing || asked.has(missing)) return;
    asked.add(missing);
    askServer<{ messages: Message[] }>(`/conversations/${conversationId}/messages?ids=${missing}`)
      .then((page) => setFetched((old) => [...old, ...page.messages]))
      .catch(() => asked.delete(missing));
  }, [asked, conversationId, missing]);
  return byId;
}
