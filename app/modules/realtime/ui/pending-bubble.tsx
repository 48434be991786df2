import { X } from "lucide-react";
import { lazy, memo, Suspense } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { Bubble } from "~/ui/conversation/bubble";
import type { QuotedMessage } from "~/ui/conversation/quote";
import type { QueuedMessage } from "./outbox/queued-message";
import { quoteOf } from "./use-quoted";

const FilesOnTheirWay = lazy(() => import("./files-on-their-way"));

type PendingBubbleProps = {
  message: QueuedMessage;
  quote?: QuotedMessage;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
  /** Files picked again; resolves with whether they are the message's. */
  onSupply: (clientId: string, picked: readonly File[]) => Promise<boolean>;
};

type Deeds = {
  retry: PendingBubbleProps["onRetry"];
  discard: PendingBubbleProps["onDiscard"];
  supply: PendingBubbleProps["onSupply"];
};

/** The messages on their way, as the last lines of their thread. `quoted`: those that they answer, by id. */
export const pendingLines = (
  pending: readonly QueuedMessage[],
  { retry, discard, supply }: Deeds,
  quoted?: ReadonlyMap<string, Message>,
) =>
  pending.map((message) => (
    <PendingBubble
      key={message.client_id}
      message={message}
      quote={quoteOf(quoted?.get(message.reply_to ?? ""))}
      onRetry={retry}
      onDiscard={discard}
      onSupply={supply}
    />
  ));

const marks = { sending: "queued", sent: "sent", failed: "failed" } as const;
const deed = "touch-target inline-flex items-center gap-1 rounded-sm px-2 py-0.5 underline underline-offset-2";

/** A message on its way, or one that did not go: then with the reason, another try, or no more of it. */
const PendingBubble = memo(function PendingBubble({
  message,
  quote,
  onRetry,
  onDiscard,
  onSupply,
}: PendingBubbleProps) {
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
});
