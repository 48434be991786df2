import { X } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Bubble } from "~/ui/conversation/bubble";
import type { QuotedMessage } from "~/ui/conversation/quote";
import type { QueuedMessage } from "./outbox/queued-message";

const FilesOnTheirWay = lazy(() => import("./files-on-their-way"));

type PendingBubbleProps = {
  message: QueuedMessage;
  quote?: QuotedMessage;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
  /** Files picked again; resolves with whether they are the message's. */
  onSupply: (clientId: string, picked: readonly File[]) => Promise<boolean>;
};

const marks = { sending: "queued", sent: "sent", failed: "failed" } as const;
const deed = "touch-target inline-flex items-center gap-1 rounded-sm px-2 py-0.5 underline underline-offset-2";

/** A message on its way, or one that did not go: then with the reason, another try, or no more of it. */
export function PendingBubble({ message, quote, onRetry, onDiscard, onSupply }: PendingBubbleProps) {
  const { t } = useTranslation();
  const { client_id: id, text, attachments, visibility, created_at, code, state } = message;
  const lost = state === "failed" && code === "files_lost";
  const uploading = state === "sending" && attachments.some((one) => one.state !== "ready");
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
        onRetry={lost ? undefined : () => onRetry(id)}
      />
      {(state === "failed" || uploading) && (
        <div className="flex flex-wrap items-center justify-end gap-x-1 px-4 text-sm">
          {(uploading || lost) && (
            <Suspense>
              <FilesOnTheirWay files={message.files ?? []} onPick={lost ? (picked) => onSupply(id, picked) : null} />
            </Suspense>
          )}
          <button type="button" onClick={() => onDiscard(id)} className={`${deed} text-ink-soft`}>
            <X aria-hidden className="size-3.5" />
            {t(uploading ? "media.dontSend" : "conversation.discard")}
          </button>
        </div>
      )}
    </div>
  );
}
