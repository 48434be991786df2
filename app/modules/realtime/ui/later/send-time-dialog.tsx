import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { fromField, toField } from "~/ui/conversation/later/send-times";
import { TextArea } from "~/ui/forms/text-area";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";

type SendTimeDialogProps = {
  title: string;
  /** Words to change too; without them only the time is asked for. */
  text?: string;
  at: Date;
  onClose: () => void;
  onPick: (at: Date, text: string) => void;
};

/** Asks when a message is to be sent, by the clock of this device. */
export function SendTimeDialog({ title, text, at, onClose, onPick }: SendTimeDialogProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const picked = fromField(String(form.get("at")), new Date());
    setOver(picked === null);
    if (!picked) return;
    onPick(picked, String(form.get("text") ?? ""));
    onClose();
  };
  return (
    <Dialog title={title} size="sm" open onOpenChange={(open) => open || onClose()}>
      <form onSubmit={submit} className="grid gap-4">
        {text !== undefined && (
          <TextArea
            label={t("conversation.composer.label")}
            name="text"
            defaultValue={text}
            maxLength={10_000}
            rows={4}
          />
        )}
        <TextField
          label={t("later.send.when")}
          type="datetime-local"
          name="at"
          defaultValue={toField(at)}
          min={toField(new Date())}
          error={over ? t("errors.send_at_invalid") : undefined}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" variant="primary">
            {t("later.send.confirm")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
