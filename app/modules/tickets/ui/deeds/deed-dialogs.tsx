import { useTranslation } from "~/i18n/translation";
import { ReportDialog } from "~/modules/chats/ui/report-dialog";
import { ForwardDialog } from "~/modules/messaging/ui/forward-dialog";
import { ReadersDialog } from "~/modules/messaging/ui/readers-dialog";
import { useToasts } from "~/ui/overlay/toasts";
import { DeleteDialog } from "./delete-dialog";
import type { MessageDeeds } from "./use-message-deeds";

/** What a deed asks before it is done. */
export function DeedDialogs({ deeds, conversationId }: { deeds: MessageDeeds; conversationId: string }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { asking, stop } = deeds;
  const idFor = (deed: string) => (asking?.deed === deed ? asking.message.id : null);
  const reported = idFor("report");
  return (
    <>
      <DeleteDialog deeds={deeds} />
      <ForwardDialog
        messageId={idFor("forward")}
        onClose={stop}
        onSent={(count) => toasts.show({ tone: "done", text: t("thread.forwarded", { count }) })}
      />
      <ReadersDialog messageId={idFor("readers")} onClose={stop} />
      <ReportDialog
        conversationId={conversationId}
        messageId={reported ?? undefined}
        mayBlock
        open={reported !== null}
        onOpenChange={(open) => open || stop()}
      />
    </>
  );
}
