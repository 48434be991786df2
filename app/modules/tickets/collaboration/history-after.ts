import { invalid } from "~/platform/errors";
import { readsFrom } from "../policy";

type Handed = {
  ticket: { historyFromSeq: number | null };
  conversation: { lastSeq: number };
  role: "agent" | "admin";
};

/**
 * From which message on a ticket is read after a transfer (R10): withheld, from the note that sums it up and comes next;
 * given in full only by who reads it in full. Nothing where it stays as it was.
 * @throws AppError `transfer_needed`, `summary_needed` (422)
 */
export function historyAfter(
  { ticket, conversation, role }: Handed,
  patch: { shareHistory?: boolean; note?: string },
  transfer: { areaId?: string; assigneeId?: string | null },
): { historyFromSeq?: number | null } {
  const handedOn = Object.keys(transfer).length > 0;
  if (patch.shareHistory === false) {
    if (!handedOn) throw invalid("transfer_needed");
    if (!patch.note?.trim()) throw invalid("summary_needed");
    return { historyFromSeq: conversation.lastSeq + 1 };
  }
  const lifts = patch.shareHistory === true && handedOn && ticket.historyFromSeq !== null;
  return lifts && readsFrom({ role }, ticket) === 0 ? { historyFromSeq: null } : {};
}
