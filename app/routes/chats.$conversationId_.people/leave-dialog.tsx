import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";

/** Who left comes back only if somebody puts them in again. */
export function LeaveDialog({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Dialog
        title={t("chat.leave")}
        size="sm"
        role="alertdialog"
        trigger={<Button variant="quiet">{t("chat.leave")}</Button>}
        footer={(close) => (
          <Form method="post" className="flex justify-end gap-2">
            <Button variant="plain" onClick={close}>
              {t("ui.cancel")}
            </Button>
            <Button type="submit" name="intent" value="leave" variant="danger">
              {t("chat.leaveNow")}
            </Button>
          </Form>
        )}
      >
        <p>{t("chat.leaveHint", { name: title })}</p>
      </Dialog>
    </div>
  );
}
