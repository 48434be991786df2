import { useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { SeenTicket } from "~/modules/tickets";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { useToasts } from "~/ui/overlay/toasts";
import type { BulkPatch, BulkResult } from "../bulk/bulk-patch";

const OFFER_MS = 10_000;
const BULK = "/inbox/bulk";
const MACROS = "/inbox/macros";

export type Refused = BulkResult["refused"];

export type ChangeTickets = ReturnType<typeof useChangeTickets>;

/**
 * Changes tickets of an organisation, or does with them what a macro says; says what came of it, and offers to take it back. `refused` are those that stayed as they were, until
 * `forget`; `onDone` hears of what was changed.
 */
export function useChangeTickets(orgId: string, onDone: (result: BulkResult) => void = () => {}) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>([]);
  const shown = useRef<number | null>(null);

  const ask = async (path: string, body: object, said: (count: number) => string): Promise<BulkResult | null> => {
    setBusy(true);
    if (shown.current !== null) toasts.dismiss(shown.current);
    try {
      const result = await askServer<BulkResult>(path, { ...body, org: orgId });
      const undo = result.done.flatMap(({ id, version, undo: patch }) => (patch ? [{ id, version, patch }] : []));
      const action = undo.length > 0 && { label: t("ticket.undo"), onAction: () => void ask(BULK, { undo }, undone) };
      if (result.done.length > 0) {
        const text = said(result.done.length);
        shown.current = toasts.show({ tone: "done", text, ...(action && { action, stay: OFFER_MS }) });
      }
      setRefused(result.refused);
      onDone(result);
      return result;
    } catch (error) {
      shown.current = toasts.show({
        tone: "problem",
        text: t([`errors.${codeOfRefusal(error)}`, "errors.unexpected"]),
      });
      return null;
    } finally {
      setBusy(false);
    }
  };
  const undone = (count: number) => t("inbox.bulk.undone", { count });
  const change = (ids: readonly string[], patch: BulkPatch) =>
    ask(BULK, { ids, patch }, (count) => t("inbox.bulk.done", { count }));
  /** `seen` is what was on screen of the one ticket. */
  const run = (macro: { id: string; name: string }, ids: readonly string[], seen: SeenTicket = {}) =>
    ask(MACROS, { intent: "run", macro: macro.id, ids, ...seen }, (count) =>
      t("macros.done", { name: macro.name, count }),
    );
  return { busy, change, run, refused, forget: () => setRefused([]) };
}
