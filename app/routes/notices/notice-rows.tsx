import { Link } from "@remix-run/react";
import { ArrowRightLeft, AtSign, Inbox, RotateCcw, TimerReset, UserCheck, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { noticeLink, noticeText } from "~/modules/realtime/ui/notices/notice-text";
import type { Notice } from "~/modules/tickets";
import { CountBadge } from "~/ui/badge";
import { When } from "~/ui/time";
import { groupNotices } from "./group-notices";

const ICONS: Record<Notice["kind"], ReactNode> = {
  assigned: <UserCheck aria-hidden />,
  queued: <Inbox aria-hidden />,
  mentioned: <AtSign aria-hidden />,
  returned: <RotateCcw aria-hidden />,
  overflowed: <TimerReset aria-hidden />,
  transferred: <ArrowRightLeft aria-hidden />,
  webhook_off: <Webhook aria-hidden />,
};

/** One line a ticket or webhook; what was not read stands out, and opening it reads it. */
export function NoticeRows({ notices }: { notices: readonly Notice[] }) {
  const { t } = useTranslation();
  return (
    <ul className="divide-y divide-line">
      {groupNotices(notices).map(({ key, newest, count, unread, others }) => (
        <li key={key}>
          <Link
            to={noticeLink(newest)}
            className="flex min-h-14 items-center gap-3 px-4 py-2.5 hover:bg-hover [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-ink-soft"
          >
            {ICONS[newest.kind]}
            <span className="min-w-0 flex-1">
              <span className={`line-clamp-2 ${unread > 0 ? "font-semibold" : ""}`}>{noticeText(t, newest)}</span>
              <span className="block truncate text-ink-soft text-sm">
                {newest.number !== null && <span className="tabular-nums">#{newest.number} </span>}
                <bdi>
                  {newest.webhook_id
                    ? t(
                        `notices.why.${newest.reason === "member" || newest.reason === "loop" ? newest.reason : "failing"}`,
                      )
                    : (newest.contact ?? t("notices.outOfSight"))}
                </bdi>
                {count > 1 && <> · {t("notices.count", { count })}</>}
                {others > 0 && <> · {t("notices.others", { more: others })}</>}
              </span>
            </span>
            <span className="flex shrink-0 flex-col items-end gap-1">
              <When at={newest.created_at} className="text-ink-soft text-sm" />
              <CountBadge count={unread} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
