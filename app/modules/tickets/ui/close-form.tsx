import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";
import { CLOSING_REASONS } from "../reasons";

type Closing = { reason: string; asksRating: boolean };

type CloseFormProps = {
  /** The organisation's own reasons; null offers the usual ones. */
  reasons: readonly string[] | null;
  /** Whether the customer can be asked how it was. */
  ratingOffered?: boolean;
  submitLabel: string;
  close: () => void;
  onClose: (closing: Closing) => void;
};

/** No reason of an organisation's: theirs are trimmed. */
const OTHER = " other";

/** Asks why tickets are closed: one of the organisation's reasons, or words of one's own. */
export function CloseForm({ reasons, ratingOffered = false, submitLabel, close, onClose }: CloseFormProps) {
  const { t } = useTranslation();
  const [own, setOwn] = useState(false);
  const offered =
    reasons?.map((reason) => ({ value: reason, label: reason })) ??
    CLOSING_REASONS.map((reason) => ({ value: reason, label: t(`ticket.close.reasons.${reason}`) }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = String(form.get("reason") ?? "");
    const reason = chosen === OTHER ? String(form.get("other") ?? "") : chosen;
    onClose({ reason, asksRating: form.has("ask_rating") });
    close();
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <fieldset className="grid gap-0.5">
        <legend className="mb-1 text-ink-soft text-sm">{t("ticket.close.reason")}</legend>
        {offered.map(({ value, label }, at) => (
          <Reason key={value} value={value} first={at === 0} onPick={() => setOwn(false)}>
            {label}
          </Reason>
        ))}
        <Reason value={OTHER} onPick={() => setOwn(true)}>
          {t("ticket.close.reasons.other")}
        </Reason>
      </fieldset>
      {own && <TextField name="other" label={t("ticket.close.ownReason")} maxLength={200} autoFocus />}
      {ratingOffered && (
        <Checkbox
          name="ask_rating"
          label={t("ticket.close.askRating")}
          hint={t("ticket.close.askRatingHint")}
          className="border-line border-t px-2"
        />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary">
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

type ReasonProps = { value: string; first?: boolean; onPick: () => void; children: string };

function Reason({ value, first, onPick, children }: ReasonProps) {
  return (
    <label className="flex min-h-9 items-center gap-2.5 rounded-sm px-2 hover:bg-hover pointer-coarse:min-h-11">
      <input type="radio" name="reason" value={value} defaultChecked={first} onChange={onPick} className="size-4" />
      {children}
    </label>
  );
}
