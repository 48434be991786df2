import { EllipsisVertical } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { IconButton } from "~/ui/icon-button";

type MenuButtonProps = { message: Message; onMenu: (anchor: Element, message: Message) => void };

/** Opens what can be done with a message; seen where the pointer or the focus is, and on a phone faintly. */
export function MenuButton({ message, onMenu }: MenuButtonProps) {
  const { t } = useTranslation();
  return (
    <IconButton
      label={t("thread.actions")}
      icon={<EllipsisVertical aria-hidden />}
      onClick={(event) => onMenu(event.currentTarget, message)}
      className="self-center opacity-0 focus-visible:opacity-100 group-focus-within/message:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-45"
    />
  );
}
