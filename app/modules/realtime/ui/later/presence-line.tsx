import { type ReactNode, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { dayAndTime } from "~/ui/conversation/later/moment-words";
import { useDateReader, useNow } from "~/ui/time";
import { useHubEvents } from "../hub-provider";

type PresenceLineProps = {
  /** The other one of a direct chat, and when they were there last; null where one of the two hides it. */
  accountId: string;
  presence: { seenAt: string | null } | null;
  /** What stands where nothing is known. */
  otherwise: ReactNode;
};

/** Whether the other one is there, or when they were last. */
export function PresenceLine({ accountId, presence, otherwise }: PresenceLineProps) {
  const { t } = useTranslation();
  const reader = useDateReader();
  const now = useNow();
  const heard = useOnline(accountId);
  if (!presence) return <>{otherwise}</>;
  if (heard?.online) return <span className="text-jungle-text">{t("later.online")}</span>;
  const seen = heard?.seenAt ?? presence.seenAt;
  if (!seen) return <>{otherwise}</>;
  return (
    <time dateTime={seen} suppressHydrationWarning>
      {t("later.lastSeen", { when: dayAndTime(t, Date.parse(seen), now, reader) })}
    </time>
  );
}

/** What the hub said last; null before it said anything. */
function useOnline(accountId: string): { online: boolean; seenAt: string | null } | null {
  const [heard, setHeard] = useState<{ of: string; online: boolean; seenAt: string | null } | null>(null);
  useHubEvents(({ event, data }) => {
    if (event !== "online") return;
    const news = data as { account: string; online: boolean; seen_at: string | null };
    if (news.account === accountId) setHeard({ of: accountId, online: news.online, seenAt: news.seen_at });
  });
  return heard?.of === accountId ? heard : null;
}
