import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { PendingMessage } from "~/modules/realtime/ui/pending";
import { Bubble } from "~/ui/conversation/bubble";

type PendingItemProps = {
  message: PendingMessage;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
};

/** A message on its way, or one that did not go: then with the reason, another try, or no more of it. */
export function PendingItem({ message, onRetry, onDiscard }: PendingItemProps) {
  const { t } = useTranslation();
  const failed = message.state === "failed";
  return (
    <div>
      <Bubble
        own
        message={{
          id: message.client_id,
          author: { kind: "member", id: null, name: "" },
          kind: "text",
          text: message.text,
          visibility: message.visibility,
          delivery: failed ? "failed" : "queued",
          created_at: message.created_at,
        }}
        reason={message.code && t([`errors.${message.code}`, "errors.unexpected"])}
        onRetry={() => onRetry(message.client_id)}
      />
      {failed && (
        <p className="flex justify-end px-4 text-sm">
          <button
            type="button"
            onClick={() => onDiscard(message.client_id)}
            className="touch-target inline-flex items-center gap-1 rounded-sm px-2 py-0.5 text-ink-soft underline underline-offset-2"
          >
            <X aria-hidden className="size-3.5" />
            {t("ticket.discard")}
          </button>
        </p>
      )}
    </div>
  );
}
