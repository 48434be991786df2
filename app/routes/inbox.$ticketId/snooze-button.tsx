import { AlarmClock } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { RefusedDialog } from "~/modules/desk/ui/refused-dialog";
import { SnoozeMenu } from "~/modules/desk/ui/snooze-menu";
import { useChangeTickets } from "~/modules/desk/ui/use-change-tickets";
import type { TicketSummary } from "~/modules/tickets";
import { Button } from "~/ui/button";

/** Lets a ticket sleep until a time, or wakes it. */
export function SnoozeButton({ orgId, ticket }: { orgId: string; ticket: TicketSummary }) {
  const { t } = useTranslation();
  const { busy, change, refused, forget } = useChangeTickets(orgId);
  return (
    <>
      <SnoozeMenu
        trigger={
          <Button
            size="sm"
            className="pointer-coarse:min-w-11"
            icon={<AlarmClock aria-hidden className="size-4" />}
            busy={busy}
          >
            <span className="max-2xl:sr-only">{t("inbox.snooze.action")}</span>
          </Button>
        }
        asleep={ticket.snoozed_until !== null}
        onSnooze={(snoozedUntil) => void change([ticket.id], { snoozedUntil })}
      />
      <RefusedDialog refused={refused} onClose={forget} />
    </>
  );
}
