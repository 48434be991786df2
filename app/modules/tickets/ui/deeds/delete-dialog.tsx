import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";
import type { MessageDeeds } from "./use-message-deeds";

/** Asks before a message is taken away from everybody. */
export function DeleteDialog({ deeds }: { deeds: MessageDeeds }) {
  const { t } = useTranslation();
  const { asking, stop, change } = deeds;
  const message = asking?.deed === "delete" ? asking.message : null;
  return (
    <Dialog
      title={t("thread.deleteTitle")}
      size="sm"
      role="alertdialog"
      open={message !== null}
      onOpenChange={(open) => open || stop()}
      footer={
        <>
          <Button variant="quiet" onClick={stop}>
            {t("thread.cancel")}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              if (message) void change(message, { do: "delete" });
              stop();
            }}
          >
            {t("thread.deleteNow")}
          </Button>
        </>
      }
    >
      <p className="text-ink-soft">{t("thread.deleteHint")}</p>
    </Dialog>
  );
}
