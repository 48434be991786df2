export type MessageChange =
  | { do: "edit"; text: string }
  | { do: "delete" }
  | { do: "react"; emoji: string; on: boolean };

/**
 * Changes a message; the thread hears of it as everybody else's does. Answers with why it was not done, as an error code
 * (`offline` where no server answers), or null.
 */
export async function changeMessage(
  conversationId: string,
  messageId: string,
  change: MessageChange,
): Promise<string | null> {
  const answer = await fetch(`/conversations/${conversationId}/message/${messageId}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(change),
  }).catch(() => null);
  if (answer?.ok) return null;
  if (!answer) return "offline";
  const told = (await answer.json().catch(() => null)) as { code?: string } | null;
  return told?.code ?? "unexpected";
}
