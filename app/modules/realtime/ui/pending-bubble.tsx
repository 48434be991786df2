import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Bubble } from "~/ui/conversation/bubble";
import type { QuotedMessage } from "~/ui/conversation/quote";
import type { QueuedMessage } from "./outbox/queued-message";

type PendingBubbleProps = {
  message: QueuedMessage;
  quote?: QuotedMessage;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
};

const marks = { sending: "queued", sent: "sent", failed: "failed" } as const;

/** A message on its way, or one that did not go: then with the reason, another try, or no more of it. */
export function PendingBubble({ message, quote, onRetry, onDiscard }: PendingBubbleProps) {
  const { t } = useTranslation();
  const { client_id: id, text, attachments, visibility, created_at, code, state } = message;
  return (
    <div>
      <Bubble
        own
        message={{
          id,
          author: { kind: "account", id: null, name: "" },
          kind: attachments.length > 0 ? "media" : "text",
          text,
          attachments: [...attachments],
          visibility,
          delivery: marks[state],
          created_at,
        }}
        quote={quote}
        reason={code && t([`errors.${code}`, "errors.unexpected"])}
        onRetry={() => onRetry(id)}
      />
      {state === "failed" && (
        <p className="flex justify-end px-4 text-sm">
          <button
            type="button"
            onClick={() => onDiscard(id)}
            className="touch-target inline-flex items-center gap-1 rounded-sm px-2 py-0.5 text-ink-soft underline underline-offset-2"
          >
            <X aria-hidden className="size-3.5" />
            {t("conversation.discard")}
          </button>
        </p>
      )}
    </div>
  );
}
