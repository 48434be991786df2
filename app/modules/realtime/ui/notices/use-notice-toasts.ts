import { useLocation, useNavigate } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { useToasts } from "~/ui/overlay/toasts";
import { noticeText } from "./notice-text";
import { useNoticeNews } from "./use-notice-news";

const STAY_MS = 10_000;

/** Says in the tab that is looked at that there is something to know of a ticket, unless that ticket is open in it. */
export function useNoticeToasts(orgId: string | null): void {
  const { t } = useTranslation();
  const { show, dismiss } = useToasts();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useNoticeNews(orgId, (created) => {
    if (!created || document.visibilityState !== "visible") return;
    const to = `/inbox/${created.ticket_id}`;
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
