import { useCallback, useState } from "react";
import type { Message } from "~/modules/messaging";
import type { MessageReader } from "~/modules/tickets";
import { MessageMenu } from "./message-menu";
import type { MessageDeeds } from "./use-message-deeds";

/** A thread's menu, and what opens it. */
export function useMessageMenu(reader: MessageReader, starred: readonly string[], deeds: MessageDeeds) {
  const [open, setOpen] = useState<{ anchor: Element; message: Message } | null>(null);
  const onMenu = useCallback((anchor: Element, message: Message) => setOpen({ anchor, message }), []);
  const menu = (
    <MessageMenu
      anchor={open?.anchor ?? null}
      message={open?.message ?? null}
      starred={starred.includes(open?.message.id ?? "")}
      reader={reader}
      onClose={() => setOpen(null)}
      onDeed={deeds.run}
      onReact={deeds.react}
    />
  );
  return { menu, onMenu };
}
