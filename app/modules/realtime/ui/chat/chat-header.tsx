import { Link } from "@remix-run/react";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { TabSwitcher } from "../tabs/tab-switcher";

type ChatHeaderProps = { picture: ReactNode; title: string; subtitle?: ReactNode; actions?: ReactNode };

/** Whose chat it is, and on a phone the way back to the list. */
export function ChatHeader({ picture, title, subtitle, actions }: ChatHeaderProps) {
  const { t } = useTranslation();
  return (
    <header className="flex items-center gap-3 border-line border-b bg-surface px-4 py-2.5">
      <Link
        to="/chats"
        aria-label={t("chat.back")}
        className="-ms-2 grid size-11 place-items-center rounded-sm md:hidden"
      >
        <ArrowLeft aria-hidden className="size-5" />
      </Link>
      {picture}
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold">
          <bdi>{title}</bdi>
        </h1>
        {subtitle && <p className="truncate text-ink-soft text-sm">{subtitle}</p>}
      </div>
      <TabSwitcher />
      {actions}
    </header>
  );
}
