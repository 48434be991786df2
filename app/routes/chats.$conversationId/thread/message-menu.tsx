import { Copy, Pencil, Reply, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Message } from "~/modules/messaging";
import { messageRights } from "~/modules/tickets";
import { EmojiRow } from "~/ui/conversation/emoji-row";
import { FloatingMenu, MenuItem } from "~/ui/overlay/menu";
import type { ChatReader } from "./chat-item";

/** What a reader does with a message from its menu. */
export type MessageDeed = "reply" | "copy" | "edit" | "delete";

type MessageMenuProps = {
  anchor: Element | null;
  message: Message | null;
  reader: ChatReader;
  onClose: () => void;
  onDeed: (deed: MessageDeed, message: Message) => void;
  onReact: (message: Message, emoji: string, on: boolean) => void;
};

/** The one menu of a thread, for whichever message was pressed. */
export function MessageMenu({ anchor, message, reader, onClose, onDeed, onReact }: MessageMenuProps) {
  const { t } = useTranslation();
  if (!message) return null;
  const { accountId, open } = reader;
  const rights = messageRights({
    message: { ...message, deleted: message.deleted_at !== null },
    reader: { kind: "account", id: accountId, admin: false },
    pins: false,
    carried: false,
  });
  const press = (deed: MessageDeed) => () => onDeed(deed, message);
  const given = message.reactions.filter(({ by }) => by.some(({ id }) => id === accountId)).map(({ emoji }) => emoji);
  const pick = (emoji: string) => {
    onReact(message, emoji, !given.includes(emoji));
    onClose();
  };
  return (
    <FloatingMenu
      anchor={anchor}
      label={t("thread.actions")}
      onClose={onClose}
      head={rights.react && open && <EmojiRow given={given} onPick={pick} />}
    >
      {open && (
        <MenuItem icon={<Reply aria-hidden />} onAction={press("reply")}>
          {t("thread.reply")}
        </MenuItem>
      )}
      {message.text && (
        <MenuItem icon={<Copy aria-hidden />} onAction={press("copy")}>
          {t("thread.copy")}
        </MenuItem>
      )}
      {rights.edit && open && (
        <MenuItem icon={<Pencil aria-hidden />} onAction={press("edit")}>
          {t("thread.edit")}
        </MenuItem>
      )}
      {rights.remove && (
        <MenuItem icon={<Trash2 aria-hidden />} danger onAction={press("delete")}>
          {t("thread.delete")}
        </MenuItem>
      )}
    </FloatingMenu>
  );
}
