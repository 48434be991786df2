import { useCallback, useState } from "react";
import type { Message } from "~/modules/messaging";

/** Whether a reader looks for words in a conversation, and the message to which they go from there or from its head. */
export function useFinding(pinned: readonly Message[]) {
  const [searching, setSearching] = useState(false);
  const [goTo, setGoTo] = useState<{ seq: number; turn: number }>();
  const jump = useCallback(
    ({ seq }: Pick<Message, "seq">) => setGoTo((old) => ({ seq, turn: (old?.turn ?? 0) + 1 })),
    [],
  );
  const jumpTo = (id: string) => {
    const message = pinned.find((one) => one.id === id);
    if (message) jump(message);
  };
  return { searching, toggle: () => setSearching(!searching), goTo, jump, jumpTo };
}

export type Finding = ReturnType<typeof useFinding>;
