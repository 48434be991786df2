import { CheckCheck, Copy, EyeOff, Flag, Forward, Pencil, Pin, Reply, Star, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Message } from "~/modules/messaging";
import { messageRights } from "~/modules/tickets";
import { EmojiRow } from "~/ui/conversation/emoji-row";
import { FloatingMenu, MenuItem } from "~/ui/overlay/menu";
import { type ChatReader, isOwn } from "./chat-item";

/** What a reader does with a message from its menu. */
export type MessageDeed =
  | "reply"
  | "copy"
  | "edit"
  | "delete"
  | "forward"
  | "star"
  | "pin"
  | "hide"
  | "readers"
  | "report";

type MessageMenuProps = {
  anchor: Element | null;
  message: Message | null;
  starred: boolean;
  reader: ChatReader;
  onClose: () => void;
  onDeed: (deed: MessageDeed, message: Message) => void;
  onReact: (message: Message, emoji: string, on: boolean) => void;
};

/** The one menu of a thread, for whichever message was pressed. */
export function MessageMenu({ anchor, message, starred, reader, onClose, onDeed, onReact }: MessageMenuProps) {
  const { t } = useTranslation();
  if (!message) return null;
  const { accountId, open, pins } = reader;
  const rights = messageRights({
    message: { ...message, deleted: message.deleted_at !== null },
    reader: { kind: "account", id: accountId, admin: false },
    pins,
    carried: false,
  });
  const own = isOwn(message, reader);
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
      <MenuItem icon={<Forward aria-hidden />} onAction={press("forward")}>
        {t("thread.forward")}
      </MenuItem>
      <MenuItem icon={<Star aria-hidden />} onAction={press("star")}>
        {t(starred ? "thread.unstar" : "thread.star")}
      </MenuItem>
      {rights.pin && open && (
        <MenuItem icon={<Pin aria-hidden />} onAction={press("pin")}>
          {t(message.pinned_at ? "thread.unpin" : "thread.pin")}
        </MenuItem>
      )}
      {own && (
        <MenuItem icon={<CheckCheck aria-hidden />} onAction={press("readers")}>
          {t("thread.readers")}
        </MenuItem>
      )}
      {rights.edit && open && (
        <MenuItem icon={<Pencil aria-hidden />} onAction={press("edit")}>
          {t("thread.edit")}
        </MenuItem>
      )}
      {!own && (
        <MenuItem icon={<Flag aria-hidden />} onAction={press("report")}>
          {t("thread.report")}
        </MenuItem>
      )}
      <MenuItem icon={<EyeOff aria-hidden />} onAction={press("hide")}>
        {t("thread.hide")}
      </MenuItem>
      {rights.remove && (
        <MenuItem icon={<Trash2 aria-hidden />} danger onAction={press("delete")}>
          {t("thread.delete")}
        </MenuItem>
      )}
    </FloatingMenu>
  );
}
