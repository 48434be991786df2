import { Search } from "lucide-react";
import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { placeOf, type TicketSummary } from "~/modules/tickets";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/forms/text-area";
import { Dialog } from "~/ui/overlay/dialog";
import { useReload } from "~/ui/state/use-reload";
import type { DeskData } from "./desk";
import { type Target, targetsOf } from "./transfer-targets";
import type { TicketAction } from "./use-ticket-action";

type TransferDialogProps = {
  desk: DeskData;
  ticket: TicketSummary;
  action: TicketAction;
  trigger: ReactElement<Record<string, unknown>, string>;
};

/** Hands a ticket to a colleague or to an area, with a word for whoever goes on. */
export function TransferDialog({ desk, ticket, action, trigger }: TransferDialogProps) {
  const { t } = useTranslation();
  const reload = useReload();
  return (
    <Dialog
      title={t("ticket.transfer.title", { number: ticket.number })}
      // How many tickets each has is asked for anew; without a network what is known must do.
      onOpenChange={(open) => open && navigator.onLine && reload()}
      trigger={trigger}
    >
      {(close) => <TransferForm desk={desk} ticket={ticket} action={action} close={close} />}
    </Dialog>
  );
}

type TransferFormProps = Omit<TransferDialogProps, "trigger"> & { close: () => void };

function TransferForm({ desk, ticket, action, close }: TransferFormProps) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [target, setTarget] = useState<Target | null>(null);
  const [shares, setShares] = useState(true);
  const targets = targetsOf(desk, ticket, q);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!target) return;
    action.run("transfer", {
      area: target.areaId ?? "",
      assignee: target.memberId ?? "",
      history: shares ? "shared" : "withheld",
      note: String(new FormData(event.currentTarget).get("note") ?? ""),
      place: placeOf(ticket.state, ticket.area.id, ticket.assignee?.id),
    });
    close();
  };
  const option = (one: Target, picture: ReactNode, detail: ReactNode) => (
    <label
      key={one.key}
      className="flex min-h-11 items-center gap-2.5 rounded-sm px-2 py-1 hover:bg-hover has-checked:bg-accent-soft"
    >
      <input
        type="radio"
        name="target"
        checked={target?.key === one.key}
        onChange={() => setTarget(one)}
        className="size-4 shrink-0"
      />
      {picture}
      <span className="min-w-0 flex-1 sm:flex sm:items-baseline sm:justify-between sm:gap-3">
        <bdi className="block truncate">{one.name}</bdi>
        <span className="block shrink-0 text-ink-soft text-sm">{detail}</span>
      </span>
    </label>
  );
  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-4 text-ink-faint" />
        <input
          type="search"
          aria-label={t("ticket.transfer.search")}
          placeholder={t("ticket.transfer.search")}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          className="control pl-8!"
        />
      </div>
      <fieldset className="grid max-h-64 overflow-y-auto">
        <legend className="mb-1 font-medium text-sm">{t("ticket.transfer.agents")}</legend>
        {targets.agents.map(({ assignee, ...one }) =>
          option(
            one,
            <Avatar id={assignee.id} name={assignee.name} size="sm" />,
            <>
              <span className={assignee.availability === "away" ? "text-amber-text" : "text-jungle-text"}>
                {t(`settings.availability.${assignee.availability}`)}
              </span>{" "}
              · {one.areaName} · {t("ticket.transfer.load", { count: assignee.open })}
            </>,
          ),
        )}
        {targets.agents.length === 0 && <p className="px-2 py-1 text-ink-soft">{t("ticket.transfer.noAgent")}</p>}
      </fieldset>
      {targets.areas.length > 0 && (
        <fieldset className="grid">
          <legend className="mb-1 font-medium text-sm">{t("ticket.transfer.areas")}</legend>
          {targets.areas.map((one) => option(one, null, t("ticket.transfer.toQueue")))}
        </fieldset>
      )}
      <HistoryChoice shares={shares} onChange={setShares} />
      <TextArea
        key={String(shares)}
        name="note"
        label={t(shares ? "ticket.transfer.note" : "ticket.transfer.summary")}
        hint={t(shares ? "conversation.noteHint" : "ticket.transfer.summaryHint")}
        optional={shares}
        required={!shares}
        rows={2}
        maxLength={10_000}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" disabled={!target}>
          {t("ticket.transfer.submit")}
        </Button>
      </div>
    </form>
  );
}

/** Whether those who get it read what was said so far; says what they will see of it. */
function HistoryChoice({ shares, onChange }: { shares: boolean; onChange: (shares: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="grid">
      <legend className="mb-1 font-medium text-sm">{t("ticket.transfer.history")}</legend>
      {(["shared", "withheld"] as const).map((choice) => (
        <label key={choice} className="flex min-h-11 items-center gap-2.5 rounded-sm px-2 py-1 hover:bg-hover">
          <input
            type="radio"
            name="history"
            checked={shares === (choice === "shared")}
            onChange={() => onChange(choice === "shared")}
            className="size-4 shrink-0"
          />
          <span className="min-w-0">
            <span className="block">{t(`ticket.transfer.${choice}`)}</span>
            <span className="block text-ink-soft text-sm">{t(`ticket.transfer.${choice}Hint`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
