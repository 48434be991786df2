import { useLocation, useNavigate } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { isLoud, isQuietAt, type NoticeChoice } from "~/modules/accounts";
import { useToasts } from "~/ui/overlay/toasts";
import { noticeLink, noticeText } from "./notice-text";
import { useNoticeNews } from "./use-notice-news";

const STAY_MS = 10_000;

type Here = { orgId: string; timeZone: string; notices: NoticeChoice };

/**
 * Says in the tab that is looked at that there is something to know, unless what it is of is open in it,
 * the member wants no word of its kind, or none at this hour.
 */
export function useNoticeToasts(here: Here | null): void {
  const { t } = useTranslation();
  const { show, dismiss } = useToasts();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useNoticeNews(here?.orgId ?? null, (created) => {
    // Of a flood the first were said, and the list says how many more.
    if (!here || !created || created.others > 0 || document.visibilityState !== "visible") return;
    if (!isLoud(here.notices, created.kind) || isQuietAt(here.notices, new Date(), here.timeZone)) return;
    const to = noticeLink(created);
    if (pathname === to || pathname === "/notices") return;
    const id = show({
      text: noticeText(t, created),
      stay: STAY_MS,
      action: {
        label: t("notices.open"),
        onAction() {
          dismiss(id);
          navigate(to);
        },
      },
    });
  });
}
