import { CheckCheck, Copy, EyeOff, Flag, Forward, Pencil, Pin, Reply, Star, Trash2 } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { type MessageDeed, type MessageReader, messageDeeds } from "~/modules/tickets";
import { EmojiRow } from "~/ui/conversation/emoji-row";
import { FloatingMenu, MenuItem } from "~/ui/overlay/menu";

type MessageMenuProps = {
  anchor: Element | null;
  message: Message | null;
  starred: boolean;
  reader: MessageReader;
  onClose: () => void;
  onDeed: (deed: MessageDeed, message: Message) => void;
  onReact: (message: Message, emoji: string, on: boolean) => void;
};

const icons: Record<MessageDeed, typeof Reply> = {
  reply: Reply,
  copy: Copy,
  forward: Forward,
  star: Star,
  pin: Pin,
  readers: CheckCheck,
  edit: Pencil,
  report: Flag,
  hide: EyeOff,
  delete: Trash2,
};

/** The one menu of a thread, for whichever message was pressed. */
export function MessageMenu({ anchor, message, starred, reader, onClose, onDeed, onReact }: MessageMenuProps) {
  const { t } = useTranslation();
  if (!message) return null;
  const { deeds, react } = messageDeeds(message, reader);
  const given = message.reactions.filter(({ by }) => by.some(({ id }) => id === reader.id)).map(({ emoji }) => emoji);
  const pick = (emoji: string) => {
    onReact(message, emoji, !given.includes(emoji));
    onClose();
  };
  const words: Partial<Record<MessageDeed, string>> = {
    ...(starred && { star: t("thread.unstar") }),
    ...(message.pinned_at && { pin: t("thread.unpin") }),
  };
  return (
    <FloatingMenu
      anchor={anchor}
      label={t("thread.actions")}
      onClose={onClose}
      head={react && <EmojiRow given={given} onPick={pick} />}
    >
      {deeds.map((deed) => {
        const Icon = icons[deed];
        return (
          <MenuItem
            key={deed}
            icon={<Icon aria-hidden />}
            danger={deed === "delete"}
            onAction={() => onDeed(deed, message)}
          >
            {words[deed] ?? t(`thread.${deed}`)}
          </MenuItem>
        );
      })}
    </FloatingMenu>
  );
}
