import { useNavigate, useSubmit } from "@remix-run/react";
import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { ChatDetails } from "~/modules/chats/index.server";
import { ReportDialog } from "~/modules/chats/ui/report-dialog";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem } from "~/ui/overlay/menu";

/** How the reader keeps this chat, and how they end it. */
export function ChatOptions({ chat }: { chat: ChatDetails }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const navigate = useNavigate();
  const [reporting, setReporting] = useState(false);
  const group = chat.kind !== "direct";
  const act = (intent: string) => {
    if (intent === "people" || intent === "media") return navigate(`/chats/${chat.id}/${intent}`);
    if (intent === "report") return setReporting(true);
    submit({ intent }, { method: "post", action: `/chats/${chat.id}` });
  };
  return (
    <>
      <Menu trigger={<IconButton label={t("chat.options")} icon={<EllipsisVertical />} />} onAction={act}>
        <MenuItem id="media">{t("media.gallery.title")}</MenuItem>
        {group && <MenuItem id="people">{t("chat.people")}</MenuItem>}
        <MenuItem id={chat.pinned ? "unpin" : "pin"}>{t(chat.pinned ? "chat.unpin" : "chat.pin")}</MenuItem>
        <MenuItem id={chat.muted ? "unmute" : "mute"}>{t(chat.muted ? "chat.unmute" : "chat.mute")}</MenuItem>
        <MenuItem id={chat.archived ? "unarchive" : "archive"}>
          {t(chat.archived ? "chat.unarchive" : "chat.archive")}
        </MenuItem>
        {!group && (
          <MenuItem id={chat.blocked ? "unblock" : "block"}>{t(chat.blocked ? "chat.unblock" : "chat.block")}</MenuItem>
        )}
        <MenuItem id="report">{t("groups.report.open")}</MenuItem>
      </Menu>
      <ReportDialog
        conversationId={chat.id}
        mayBlock={!group && !chat.blocked}
        open={reporting}
        onOpenChange={setReporting}
      />
    </>
  );
}
