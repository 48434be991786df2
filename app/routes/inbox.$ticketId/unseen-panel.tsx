import { Paperclip, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import type { QueuedMessage } from "~/modules/realtime/ui/outbox/queued-message";
import { Button } from "~/ui/button";
import { Time } from "~/ui/time";

type UnseenPanelProps = { message: QueuedMessage; onSend: () => void; onKeepWriting: () => void };

/** What the server said was written meanwhile. */
export const unseenOf = (message: QueuedMessage): readonly Message[] =>
  (message.data as { messages?: Message[] } | undefined)?.messages ?? [];

/** A colleague answered while one was writing: shows it, and asks. */
export function UnseenPanel({ message, onSend, onKeepWriting }: UnseenPanelProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  return (
    <div
      ref={box}
      role="alertdialog"
      aria-label={t("ticket.unseen.title")}
      className="grid gap-2 border-amber border-t-2 bg-amber-soft px-4 py-3"
    >
      <p className="flex items-center gap-2 font-medium text-amber-text">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        {t("ticket.unseen.title")}
      </p>
      <ul className="grid max-h-40 gap-1.5 overflow-y-auto">
        {unseenOf(message).map((one) => (
          <li key={one.id}>
            <bdi className="font-medium text-sm">{one.author.name}</bdi>{" "}
            <Time at={one.created_at} className="text-ink-soft text-xs" />
            <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
              {one.text}
            </p>
          </li>
        ))}
      </ul>
      <p className="border-line-strong border-s-2 ps-2 text-ink-soft text-sm">
        <span className="block font-medium">{t("ticket.unseen.yours")}</span>
        <span dir="auto" className="line-clamp-3 [overflow-wrap:anywhere]">
          {message.text}
        </span>
        {message.attachments.length > 0 && (
          <span className="flex items-center gap-1 [&_svg]:size-3.5 [&_svg]:shrink-0">
            <Paperclip aria-hidden />
            <bdi className="truncate">
              {message.attachments.map(({ name, kind }) => name || t(`media.kind.${kind}`)).join(", ")}
            </bdi>
          </span>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="primary" onClick={onKeepWriting}>
          {t("ticket.unseen.keepWriting")}
        </Button>
        <Button size="sm" onClick={onSend}>
          {t("ticket.unseen.sendAnyway")}
        </Button>
      </div>
    </div>
  );
}
