import type { ReactElement } from "react";
import { useTranslation } from "~/i18n/translation";
import { placeOf, type TicketSummary } from "~/modules/tickets";
import { CloseForm } from "~/modules/tickets/ui/close-form";
import { Dialog } from "~/ui/overlay/dialog";
import { useReload } from "~/ui/state/use-reload";
import type { DeskData } from "./desk";
import type { TicketAction } from "./use-ticket-action";

type CloseDialogProps = {
  desk: DeskData;
  ticket: TicketSummary;
  action: TicketAction;
  trigger: ReactElement<Record<string, unknown>, string>;
};

/** Asks why the ticket is closed, and whether the customer is asked how it was. */
export function CloseDialog({ desk, ticket, action, trigger }: CloseDialogProps) {
  const { t } = useTranslation();
  const reload = useReload();
  return (
    <Dialog
      title={t("ticket.close.title", { number: ticket.number })}
      size="sm"
      // Whether the channel would carry the question changes with time.
      onOpenChange={(open) => open && navigator.onLine && reload()}
      trigger={trigger}
    >
      {(close) => (
        <CloseForm
          reasons={desk.closingReasons ?? null}
          ratingOffered={desk.asksRating}
          submitLabel={t("ticket.close.submit")}
          close={close}
          onClose={({ reason, asksRating }) =>
            action.run("close", {
              reason,
              ...(asksRating && { ask_rating: "on" }),
              place: placeOf(ticket.state, ticket.area.id, ticket.assignee?.id),
            })
          }
        />
      )}
    </Dialog>
  );
}
