import type { FormEvent } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";

const REASONS = ["solved", "no_reply", "not_for_us", "spam"] as const;

/** Asks why tickets are closed. */
export function CloseForm({ close, onClose }: { close: () => void; onClose: (reason: string) => void }) {
  const { t } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onClose(String(new FormData(event.currentTarget).get("reason")));
    close();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Select name="reason" label={t("ticket.close.reason")}>
        {REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`ticket.close.reasons.${reason}`)}
          </option>
        ))}
      </Select>
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary">
          {t("inbox.bulk.closeSubmit")}
        </Button>
      </div>
    </form>
  );
}
