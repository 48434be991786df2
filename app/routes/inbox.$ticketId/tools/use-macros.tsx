import { type ReactNode, type RefObject, useState } from "react";
import { firstNameOf } from "~/modules/desk";
import { RunMacroDialog } from "~/modules/desk/ui/macros/run-macro-dialog";
import { RefusedDialog } from "~/modules/desk/ui/refused-dialog";
import type { ChangeTickets } from "~/modules/desk/ui/use-change-tickets";
import { placeOf, type TicketSummary } from "~/modules/tickets";

export type Macros = { choose: (macroId?: string) => void; dialogs: ReactNode };

/** Macros for the ticket that is open: chosen, shown with its own values, and done; what is refused is said. */
export function useMacros(
  orgId: string,
  ticket: TicketSummary,
  changing: ChangeTickets,
  seenSeq: RefObject<number>,
): Macros {
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const { contact, number, area } = ticket;
  const dialogs = (
    <>
      <RunMacroDialog
        orgId={orgId}
        open={open}
        onOpenChange={setOpen}
        count={1}
        chosen={chosen}
        values={{
          "contact.name": contact.name,
          "contact.first_name": firstNameOf(contact.name),
          "ticket.number": String(number),
          "area.name": area.name,
        }}
        onRun={(macro) => {
          const place = placeOf(ticket.state, area.id, ticket.assignee?.id ?? null);
          void changing.run(macro, [ticket.id], { place, basedOnSeq: seenSeq.current ?? 0 });
        }}
      />
      <RefusedDialog refused={changing.refused} onClose={changing.forget} />
    </>
  );
  const choose = (macroId?: string) => {
    setChosen(macroId ?? null);
    setOpen(true);
  };
  return { choose, dialogs };
}
