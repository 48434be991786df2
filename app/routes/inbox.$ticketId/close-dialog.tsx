import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { placeOf, type TicketSummary } from "~/modules/tickets";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { Dialog } from "~/ui/overlay/dialog";
import type { TicketAction } from "./use-ticket-action";

type CloseDialogProps = {
  ticket: TicketSummary;
  /** The organisation's own reasons; null offers the usual ones. */
  reasons: readonly string[] | null;
  action: TicketAction;
  trigger: ReactElement<Record<string, unknown>, string>;
};

/** No reason of an organisation's: theirs are trimmed. */
const OTHER = " other";

const REASONS = ["solved", "no_reply", "not_for_us", "spam"] as const;

/** Asks why a ticket is closed: one of the organisation's reasons, or words of one's own. */
export function CloseDialog({ ticket, reasons, action, trigger }: CloseDialogProps) {
  const { t } = useTranslation();
  const [own, setOwn] = useState(false);
  const offered =
    reasons?.map((reason) => ({ value: reason, label: reason })) ??
    REASONS.map((reason) => ({ value: reason, label: t(`ticket.close.reasons.${reason}`) }));
  const submit = (close: () => void) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = String(form.get("reason") ?? "");
    const reason = chosen === OTHER ? String(form.get("other") ?? "") : chosen;
    action.run("close", { reason, place: placeOf(ticket.state, ticket.area.id, ticket.assignee?.id) });
    close();
  };
  return (
    <Dialog title={t("ticket.close.title", { number: ticket.number })} size="sm" trigger={trigger}>
      {(close) => (
        <form onSubmit={submit(close)} className="grid gap-3">
          <fieldset className="grid gap-0.5">
            <legend className="mb-1 text-ink-soft text-sm">{t("ticket.close.reason")}</legend>
            {offered.map(({ value, label }, at) => (
              <Reason key={value} value={value} first={at === 0} onPick={() => setOwn(false)}>
                {label}
              </Reason>
            ))}
            <Reason value={OTHER} onPick={() => setOwn(true)}>
              {t("ticket.close.other")}
            </Reason>
          </fieldset>
          {own && <TextField name="other" label={t("ticket.close.ownReason")} maxLength={200} autoFocus />}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>{t("ui.cancel")}</Button>
            <Button type="submit" variant="primary">
              {t("ticket.close.submit")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
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
