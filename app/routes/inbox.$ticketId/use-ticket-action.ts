import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { useToasts } from "~/ui/overlay/toasts";
import type { TicketActionData, TicketIntent } from "./act.server";
import { useUndoOffer } from "./use-undo-offer";

export type TicketAction = {
  /** The intent that is under way. */
  busy: TicketIntent | null;
  run: (intent: TicketIntent, fields?: Record<string, string>) => void;
};

type Press = { intent: TicketIntent; fields: Record<string, string> };

/**
 * Presses a ticket's buttons, and says what came of it; `closed` is whether it could be reopened as things stand. While a
 * message is `leaving`, a press waits: a closing would go before the reply that it was pressed after.
 */
export function useTicketAction(
  ticket: { id: string; number: number; closed: boolean; leaving: boolean },
  onDone: (done: { intent: TicketIntent; gone: boolean; made: string | null }) => void,
) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const fetcher = useFetcher<TicketActionData>({ key: `ticket-${ticket.id}` });
  const undo = useUndoOffer(ticket.closed);
  const [pressed, setPressed] = useState<Press | null>(null);
  const run: TicketAction["run"] = (intent, fields = {}) => setPressed({ intent, fields });
  const latest = useRef({ run, onDone, toasts, t, number: ticket.number, undo });
  latest.current = { run, onDone, toasts, t, number: ticket.number, undo };
  useEffect(() => {
    if (!pressed || ticket.leaving) return;
    const { intent, fields } = pressed;
    setPressed(null);
    if (intent === "close") latest.current.undo.begin();
    fetcher.submit({ ...fields, intent }, { method: "post", action: `/inbox/${ticket.id}` });
  }, [pressed, ticket.leaving, ticket.id, fetcher]);
  const told = useRef(fetcher.data);
  // What the last press came to, which the next one's outcome replaces: notices about one ticket do not pile up.
  const shown = useRef<number | null>(null);
  useEffect(() => {
    const { data } = fetcher;
    if (!data || data === told.current) return;
    told.current = data;
    const now = latest.current;
    if (shown.current !== null) now.toasts.dismiss(shown.current);
    if (data.code) {
      shown.current = now.toasts.show({ tone: "problem", text: refusal(data, now.t), stay: 10_000 });
      return;
    }
    if (!data.intent) return;
    const undoable = data.intent === "close" && !now.undo.tooLate();
    shown.current = now.toasts.show({
      tone: "done",
      text: now.t(`ticket.done.${data.intent}`, { number: now.number }),
      ...(undoable && {
        action: { label: now.t("ticket.undo"), onAction: () => latest.current.run("undo") },
        stay: 10_000,
      }),
    });
    if (undoable) now.undo.keep(shown.current);
    now.onDone({ intent: data.intent, gone: data.gone ?? false, made: data.made ?? null });
  }, [fetcher]);
  const going = fetcher.state === "idle" ? null : ((fetcher.formData?.get("intent") ?? null) as TicketIntent | null);
  return { busy: pressed?.intent ?? going, run };
}

/** Why it was not done, with the name or number that makes it plain. */
function refusal({ code, data }: TicketActionData, t: ReturnType<typeof useTranslation>["t"]): string {
  const { assignee, number } = (data ?? {}) as { assignee?: { name: string }; number?: number };
  return t([`errors.${code}`, "errors.unexpected"], { name: assignee?.name ?? "", number: number ?? "" });
}
