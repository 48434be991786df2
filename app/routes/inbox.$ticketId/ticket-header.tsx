import { ArrowRightLeft, CheckCheck, Hand, Info, ListChecks, RotateCcw, Search, Share2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { TabSwitcher } from "~/modules/realtime/ui/tabs/tab-switcher";
import type { TicketRights, TicketSummary } from "~/modules/tickets";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import type { Finding } from "~/modules/tickets/ui/deeds/use-finding";
import { WaitingMark } from "~/modules/tickets/ui/waiting-mark";
import { AreaBadge, Badge, CountBadge, StateBadge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { PageHeader } from "~/ui/page-header";
import { CloseDialog } from "./close-dialog";
import type { DeskData } from "./desk";
import { SnoozeButton } from "./snooze-button";
import { TransferDialog } from "./transfer-dialog";
import type { TicketAction } from "./use-ticket-action";
import type { Viewer } from "./use-viewers";
import { ViewersLine } from "./viewers-line";

type TicketHeaderProps = {
  desk: DeskData;
  ticket: TicketSummary;
  rights: TicketRights;
  action: TicketAction;
  viewers: readonly Viewer[];
  finding: Finding;
  backTo: string;
  tools: TicketTools;
  /** How much of what colleagues say of it is unread. */
  unread: number;
  /** The side thread that is open: what covers the page gives way to it. */
  side: string | null;
  /** What is known of it, for where there is no room beside the thread. */
  facts: ReactNode;
};

/** Who it is, how the ticket stands, and what can be done with it. */
export function TicketHeader({
  desk,
  ticket,
  rights,
  action,
  viewers,
  finding,
  tools,
  unread,
  side,
  backTo,
  facts,
}: TicketHeaderProps) {
  const { t } = useTranslation();
  return (
    <div className="shrink-0 border-line border-b bg-surface [&>header]:border-b-0">
      <PageHeader
        title={<bdi>{ticket.contact.name}</bdi>}
        back={{ to: backTo, when: "phone" }}
        actions={
          <>
            <TabSwitcher />
            {/* On a phone, where the name needs the room, it is among the facts. */}
            <IconButton
              label={t("thread.search")}
              icon={<Search aria-hidden />}
              pressed={finding.searching}
              onClick={finding.toggle}
              className="max-sm:hidden"
            />
            <Actions desk={desk} ticket={ticket} rights={rights} action={action} tools={tools} />
            <span className="xl:hidden">
              <Dialog
                key={side}
                title={t("ticket.facts.title")}
                shape="sheet"
                size="sm"
                trigger={
                  <IconButton
                    label={t("ticket.facts.title")}
                    icon={
                      <span className="relative">
                        <Info aria-hidden />
                        <span className="absolute -end-3 -top-2">
                          <CountBadge count={unread} />
                        </span>
                      </span>
                    }
                  />
                }
              >
                {(close) => (
                  <>
                    <Button
                      icon={<Search aria-hidden className="size-4" />}
                      onClick={() => {
                        close();
                        finding.toggle();
                      }}
                      className="mb-4 w-full sm:hidden"
                    >
                      {t("thread.search")}
                    </Button>
                    <div className="mb-4 grid gap-2 sm:hidden">
                      {tools.onMacro && (
                        <Button
                          icon={<ListChecks aria-hidden className="size-4" />}
                          onClick={after(close, tools.onMacro)}
                        >
                          {t("macros.action")}
                        </Button>
                      )}
                      <Button icon={<Share2 aria-hidden className="size-4" />} onClick={after(close, tools.onShare)}>
                        {t("ticket.share.title")}
                      </Button>
                    </div>
                    {rights.manage && (
                      <div className="mb-4 min-[22.5rem]:hidden">
                        <SnoozeButton orgId={desk.ticket.org_id} ticket={ticket} />
                      </div>
                    )}
                    {facts}
                  </>
                )}
              </Dialog>
            </span>
          </>
        }
      />
      <p className="flex min-h-8 items-center gap-x-2 gap-y-1 px-4 pb-2 sm:flex-wrap">
        <StateBadge state={ticket.snoozed_until ? "snoozed" : ticket.state} />
        <span className="text-ink-soft text-sm tabular-nums">#{ticket.number}</span>
        <ChannelIcon kind={ticket.channel.kind} />
        {/* On a phone all stands in one line, and names give way. */}
        <span className="flex min-w-0 *:min-w-0">
          <AreaBadge name={ticket.area.name} />
        </span>
        <span className="flex min-w-0 *:min-w-0">
          <Badge>{ticket.assignee ? ticket.assignee.name : t("ticket.unassigned")}</Badge>
        </span>
        {ticket.waiting_on === "agent" && ticket.waiting_since && (
          <WaitingMark
            since={ticket.waiting_since}
            limitMinutes={desk.areas.find(({ id }) => id === ticket.area.id)?.wait_limit_minutes}
          />
        )}
        <ViewersLine viewers={viewers} />
        <TakeButton ticket={ticket} rights={rights} action={action} className="ms-auto sm:hidden" />
      </p>
    </div>
  );
}

type ActionsProps = Pick<TicketHeaderProps, "desk" | "ticket" | "rights" | "action" | "tools">;

/** What else can be done with it: on a phone it is among the facts. */
export type TicketTools = { onMacro: (() => void) | null; onShare: () => void };

type TakeButtonProps = Pick<TicketHeaderProps, "ticket" | "rights" | "action"> & { className: string };

/** Stands above beside the others, and on a phone below, where it leaves the contact's name its room. */
function TakeButton({ ticket, rights, action, className }: TakeButtonProps) {
  const { t } = useTranslation();
  if (!rights.claim || ticket.assignee) return null;
  return (
    <Button
      variant="primary"
      size="sm"
      icon={<Hand aria-hidden className="size-4" />}
      busy={action.busy === "claim"}
      onClick={() => action.run("claim")}
      className={className}
    >
      {t("ticket.take")}
    </Button>
  );
}

/** Closes what covers the page, and opens the next when the focus is back. */
const after = (close: () => void, open: () => void) => () => {
  close();
  setTimeout(open, 0);
};

/** The buttons that the reader's rights leave; on a phone their words give way to their icons. */
function Actions({ desk, ticket, rights, action, tools }: ActionsProps) {
  const { t } = useTranslation();
  const word = "max-sm:sr-only";
  return (
    <>
      <TakeButton ticket={ticket} rights={rights} action={action} className="max-sm:hidden" />
      {rights.manage && (
        <TransferDialog
          desk={desk}
          ticket={ticket}
          action={action}
          trigger={
            <Button
              size="sm"
              className="pointer-coarse:min-w-11"
              icon={<ArrowRightLeft aria-hidden className="size-4" />}
              busy={action.busy === "transfer"}
            >
              <span className={word}>{t("ticket.transfer.action")}</span>
            </Button>
          }
        />
      )}
      {rights.manage && (
        // On the narrowest phones it is among the facts, as the search is on all.
        <span className="max-[22.5rem]:hidden">
          <SnoozeButton orgId={desk.ticket.org_id} ticket={ticket} />
        </span>
      )}
      {tools.onMacro && (
        <IconButton
          label={t("macros.action")}
          icon={<ListChecks aria-hidden />}
          onClick={tools.onMacro}
          className="max-sm:hidden"
        />
      )}
      <IconButton
        label={t("ticket.share.title")}
        icon={<Share2 aria-hidden />}
        onClick={tools.onShare}
        className="max-sm:hidden"
      />
      {rights.close && (
        <CloseDialog
          desk={desk}
          ticket={ticket}
          action={action}
          trigger={
            <Button
              size="sm"
              className="pointer-coarse:min-w-11"
              icon={<CheckCheck aria-hidden className="size-4" />}
              busy={action.busy === "close"}
            >
              <span className={word}>{t("ticket.close.action")}</span>
            </Button>
          }
        />
      )}
      {rights.reopen && (
        <Button
          size="sm"
          className="pointer-coarse:min-w-11"
          icon={<RotateCcw aria-hidden className="size-4" />}
          busy={action.busy === "reopen"}
          onClick={() => action.run("reopen")}
        >
          <span className={word}>{t("ticket.reopen")}</span>
        </Button>
      )}
    </>
  );
}
