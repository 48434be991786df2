import { MessagesSquare, UserPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { SideThread } from "~/modules/tickets/index.server";
import { CountBadge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { Dialog } from "~/ui/overlay/dialog";
import type { TicketAction } from "../use-ticket-action";

type Colleague = { id: string; name: string };
type SideThreadsProps = {
  threads: readonly SideThread[];
  onOpen: (id: string) => void;
  colleagues: readonly Colleague[];
  action: TicketAction;
};

/** What was asked of colleagues about this ticket, apart from the customer, and whom to ask next. */
export function SideThreads({ threads, onOpen, colleagues, action }: SideThreadsProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h2 className="mb-1 font-medium text-sm">{t("ticket.side.title")}</h2>
      {threads.length === 0 && <p className="text-ink-soft text-sm">{t("ticket.side.none")}</p>}
      <ul>
        {threads.map(({ id, unread, last }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onOpen(id)}
              className="-mx-2 flex min-h-9 w-[calc(100%+1rem)] items-center text-start gap-2 rounded-sm px-2 hover:bg-hover pointer-coarse:min-h-11"
            >
              <MessagesSquare aria-hidden className="size-4 shrink-0 text-ink-soft" />
              <span className="min-w-0 flex-1 truncate">{last || t("ticket.side.started")}</span>
              <CountBadge count={unread} />
            </button>
          </li>
        ))}
      </ul>
      {colleagues.length > 0 && (
        <Dialog
          title={t("ticket.side.ask")}
          size="sm"
          trigger={
            <Button size="sm" icon={<UserPlus aria-hidden className="size-4" />} className="mt-2">
              {t("ticket.side.ask")}
            </Button>
          }
        >
          {(close) => <AskForm colleagues={colleagues} action={action} close={close} />}
        </Dialog>
      )}
    </section>
  );
}

type AskFormProps = Omit<SideThreadsProps, "threads" | "onOpen"> & { close: () => void };

function AskForm({ colleagues, action, close }: AskFormProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    action.run("ask", { members: asked.join(" ") });
    close();
  };
  const toggle = (id: string, on: boolean) => setAsked((old) => (on ? [...old, id] : old.filter((one) => one !== id)));
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p className="text-ink-soft">{t("ticket.side.hint")}</p>
      <div className="grid max-h-72 overflow-y-auto">
        {colleagues.map(({ id, name }) => (
          <Checkbox
            key={id}
            checked={asked.includes(id)}
            onChange={(event) => toggle(id, event.currentTarget.checked)}
            label={<bdi>{name}</bdi>}
          />
        ))}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" disabled={asked.length === 0}>
          {t("ticket.side.submit")}
        </Button>
      </div>
    </form>
  );
}
