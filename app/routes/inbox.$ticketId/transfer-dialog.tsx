import { Inbox } from "lucide-react";
import { type FormEvent, type ReactElement, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { placeOf, type TicketSummary } from "~/modules/tickets";
import { AgentPicker } from "~/modules/tickets/ui/agent-picker";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/forms/text-area";
import { Dialog } from "~/ui/overlay/dialog";
import { useReload } from "~/ui/state/use-reload";
import type { DeskData } from "./desk";
import { agentsOf, areasOf, targetOf } from "./transfer-targets";
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
  const [chosen, setChosen] = useState<string | null>(null);
  const [shares, setShares] = useState(true);
  const target = chosen === null ? null : targetOf(desk, ticket, chosen);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!target) return;
    action.run("transfer", {
      area: target.area?.id ?? "",
      assignee: target.memberId ?? "",
      history: shares ? "shared" : "withheld",
      note: String(new FormData(event.currentTarget).get("note") ?? ""),
      place: placeOf(ticket.state, ticket.area.id, ticket.assignee?.id),
    });
    close();
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid gap-1.5">
        <AgentPicker
          agents={agentsOf(desk, ticket)}
          areas={desk.areas}
          label={t("ticket.transfer.to")}
          value={target && chosen}
          others={areasOf(desk, ticket).map(({ id, name }) => ({
            id,
            name: t("ticket.transfer.queueOf", { area: name }),
            icon: <Inbox aria-hidden />,
          }))}
          onPick={setChosen}
        />
        <p aria-live="polite" className="min-h-5 px-2 text-ink-soft text-sm">
          {target?.memberId && target.area && t("ticket.transfer.moves", { area: target.area.name })}
        </p>
      </div>
      <HistoryChoice shares={shares} onChange={setShares} />
      <TextArea
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
