import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { ChatDetails } from "~/modules/chats/index.server";
import { Badge } from "~/ui/badge";

/** How many take part in a group, and for its admins how many ask to; leads to them. */
export function GroupSubtitle({ chat }: { chat: Pick<ChatDetails, "id" | "peopleCount" | "asking"> }) {
  const { t } = useTranslation();
  return (
    <Link to={`/chats/${chat.id}/people`} className="inline-flex max-w-full items-center gap-2 hover:underline">
      {t("chat.peopleCount", { count: chat.peopleCount })}
      {chat.asking > 0 && <Badge tone="accent">{t("groups.requests.waiting", { count: chat.asking })}</Badge>}
    </Link>
  );
}
