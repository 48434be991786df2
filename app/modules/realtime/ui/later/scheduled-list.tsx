import { CalendarClock, CircleAlert, EllipsisVertical, Paperclip, Reply } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { ScheduledMessage } from "~/modules/tickets/index.server";
import { fileWords } from "~/ui/conversation/attachments/file-words";
import { useMomentWords } from "~/ui/conversation/later/moment-words";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import { SendTimeDialog } from "./send-time-dialog";
import type { Scheduled } from "./use-scheduled";

/** What waits to be sent, above the field; nothing where nothing waits. */
export function ScheduledList({ scheduled }: { scheduled: Scheduled }) {
  const { t } = useTranslation();
  const { messages } = scheduled;
  const [edited, setEdited] = useState<ScheduledMessage | null>(null);
  if (messages.length === 0) return null;
  const failed = messages.some((message) => message.failed);
  return (
    <details open={failed} className="mb-2 rounded-sm border border-line bg-sunken">
      <summary className="flex min-h-9 cursor-pointer items-center gap-2 px-3 text-sm pointer-coarse:min-h-11">
        <CalendarClock aria-hidden className="size-4 shrink-0 text-ink-soft" />
        {t("later.scheduled.title", { count: messages.length })}
      </summary>
      <ul className="max-h-48 overflow-y-auto">
        {messages.map((message) => (
          <ScheduledRow key={message.id} message={message} scheduled={scheduled} onEdit={() => setEdited(message)} />
        ))}
      </ul>
      {edited && (
        <SendTimeDialog
          title={t("later.scheduled.edit")}
          text={edited.text}
          at={new Date(edited.send_at)}
          onClose={() => setEdited(null)}
          onPick={(at, text) => scheduled.change(edited.id, text, at)}
        />
      )}
    </details>
  );
}

type RowProps = { message: ScheduledMessage; scheduled: Scheduled; onEdit: () => void };

function ScheduledRow({ message, scheduled, onEdit }: RowProps) {
  const { t } = useTranslation();
  const words = useMomentWords();
  const act = (what: string) => {
    if (what === "edit") onEdit();
    else if (what === "send") void scheduled.sendNow(message.id);
    else void scheduled.cancel(message);
  };
  return (
    <li className="flex items-center gap-2 border-line border-t px-3 py-1.5">
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate">
          {message.reply_to && (
            <Reply role="img" aria-label={t("thread.reply")} className="me-1 inline size-3.5 text-ink-soft" />
          )}
          {message.text}
        </span>
        {message.attachments.length > 0 && (
          <span className="flex items-center gap-1 text-ink-soft text-sm">
            <Paperclip aria-hidden className="size-3.5 shrink-0" />
            <bdi className="truncate">{message.attachments.map((file) => fileWords(t, file)).join(", ")}</bdi>
          </span>
        )}
        {message.failed ? (
          <span className="flex items-start gap-1 text-danger-text text-sm">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            {t("later.scheduled.failed", {
              why: t(`errors.${message.failed}`, { defaultValue: t("errors.unexpected") }),
            })}
          </span>
        ) : (
          <time dateTime={message.send_at} className="block text-ink-soft text-sm">
            {words(Date.parse(message.send_at))}
          </time>
        )}
      </span>
      <Menu
        placement="top end"
        trigger={<IconButton label={t("later.scheduled.options")} icon={<EllipsisVertical aria-hidden />} />}
        onAction={act}
      >
        <MenuItem id="edit">{t("later.scheduled.edit")}</MenuItem>
        <MenuItem id="send">{t("later.scheduled.sendNow")}</MenuItem>
        <MenuItem id="cancel" danger>
          {t("later.scheduled.cancel")}
        </MenuItem>
      </Menu>
    </li>
  );
}
