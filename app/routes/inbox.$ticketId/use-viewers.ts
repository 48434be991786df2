import { useCallback, useState } from "react";

export type Viewer = { id: string; name: string };

/** Which colleagues look at the conversation now, without the reader. */
export function useViewers(conversationId: string, accountId: string) {
  const [heard, setHeard] = useState<{ conversation: string; viewers: readonly Viewer[] } | null>(null);
  const hear = useCallback((event: string, data: unknown) => {
    if (event === "presence") setHeard(data as { conversation: string; viewers: Viewer[] });
  }, []);
  const here = heard?.conversation === conversationId ? heard.viewers : [];
  return { viewers: here.filter(({ id }) => id !== accountId), hear };
}
