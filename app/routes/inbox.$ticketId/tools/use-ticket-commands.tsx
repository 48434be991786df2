import {
  AlarmClock,
  ArrowRightLeft,
  CheckCheck,
  Flag,
  Hand,
  ListChecks,
  MessageSquareText,
  RotateCcw,
  Share2,
  Tag,
  UserRound,
} from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { type BulkPatch, fillVariables, firstNameOf, type Macro } from "~/modules/desk";
import type { RunnableMacros } from "~/modules/desk/ui/macros/run-macro-dialog";
import { snoozeTimes } from "~/modules/desk/ui/snooze-times";
import type { ChangeTickets } from "~/modules/desk/ui/use-change-tickets";
import { type Command, useCommands } from "~/modules/realtime/ui/palette/commands";
import { CLOSING_REASONS, PRIORITIES, type TicketRights, type TicketSummary } from "~/modules/tickets";
import { askServer } from "~/platform/ask-server";
import { useDateReader } from "~/ui/time";
import type { DeskData } from "../desk";
import type { TicketAction } from "../use-ticket-action";

type TicketCommands = {
  desk: DeskData;
  ticket: TicketSummary;
  rights: TicketRights;
  action: TicketAction;
  changing: ChangeTickets;
  onMacro: (macroId: string) => void;
  onShare: () => void;
};

type Offered = Omit<Command, "group" | "icon"> & { icon?: typeof Hand; may: boolean };

/** Offers in the palette what the reader's rights leave to be done with the ticket that is open. */
export function useTicketCommands({ desk, ticket, rights, action, changing, onMacro, onShare }: TicketCommands): void {
  const { t } = useTranslation();
  const { timeZone } = useDateReader();
  const { id } = ticket;
  const orgId = desk.ticket.org_id;
  const patch = (change: BulkPatch) => () => void changing.change([id], change);
  const option = (key: string, label: string, run: () => void): Command => ({ id: key, group: "ticket", label, run });
  const reasons =
    desk.closingReasons?.map((reason) => [reason, reason] as const) ??
    CLOSING_REASONS.map((reason) => [reason, t(`ticket.close.reasons.${reason}`)] as const);
  const offered: Offered[] = [
    {
      id: "claim",
      label: t("macros.deeds.take"),
      icon: Hand,
      may: rights.claim && !ticket.assignee,
      run: () => action.run("claim"),
    },
    {
      id: "close",
      label: t("macros.deeds.close"),
      icon: CheckCheck,
      may: rights.close,
      options: () =>
        reasons.map(([reason, label]) => option(`close-${reason}`, label, () => action.run("close", { reason }))),
    },
    {
      id: "reopen",
      label: t("ticket.reopen"),
      icon: RotateCcw,
      may: rights.reopen,
      run: () => action.run("reopen"),
    },
    {
      id: "assign",
      label: t("macros.deeds.assign"),
      end: ticket.assignee?.name,
      icon: UserRound,
      may: rights.manage,
      options: () => [
        ...desk.assignees.map((one) => option(`assign-${one.id}`, one.name, patch({ assigneeId: one.id }))),
        option("assign-none", t("macros.deeds.return"), patch({ assigneeId: null })),
      ],
    },
    {
      id: "transfer",
      label: t("macros.deeds.transfer"),
      end: ticket.area.name,
      icon: ArrowRightLeft,
      may: rights.manage,
      options: () =>
        desk.areas
          .filter((area) => area.id !== ticket.area.id)
          .map((area) => option(`transfer-${area.id}`, area.name, patch({ areaId: area.id }))),
    },
    {
      id: "snooze",
      label: t("macros.deeds.snooze"),
      icon: AlarmClock,
      may: rights.manage,
      options: () => [
        ...snoozeTimes(new Date(), timeZone).map(({ name, at }) =>
          option(`snooze-${name}`, t(`inbox.snooze.${name}`), patch({ snoozedUntil: at.toISOString() })),
        ),
        ...(ticket.snoozed_until ? [option("snooze-wake", t("inbox.snooze.wake"), patch({ snoozedUntil: null }))] : []),
      ],
    },
    {
      id: "priority",
      label: t("macros.deeds.priority"),
      end: t(`inbox.priority.${ticket.priority}`),
      icon: Flag,
      may: rights.manage,
      options: () =>
        PRIORITIES.map((priority) =>
          option(`priority-${priority}`, t(`inbox.priority.${priority}`), patch({ priority })),
        ),
    },
    {
      id: "tag",
      label: t("macros.deeds.add_tags"),
      icon: Tag,
      may: rights.manage,
      options: () =>
        desk.tags
          .filter((tag) => !ticket.tags.includes(tag))
          .map((tag) => option(`tag-${tag}`, tag, patch({ addTags: [tag] }))),
    },
    {
      id: "untag",
      label: t("macros.deeds.remove_tags"),
      icon: Tag,
      may: rights.manage && ticket.tags.length > 0,
      options: () => ticket.tags.map((tag) => option(`untag-${tag}`, tag, patch({ removeTags: [tag] }))),
    },
    {
      id: "macro",
      label: t("macros.action"),
      icon: ListChecks,
      may: ticket.state !== "closed" && rights.note,
      options: async () => {
        const { macros } = await askServer<RunnableMacros>(`/inbox/macros?org=${orgId}`);
        return macros.map((macro: Macro) => option(`macro-${macro.id}`, macro.name, () => onMacro(macro.id)));
      },
    },
    {
      id: "canned",
      label: t("replies.picker.label"),
      icon: MessageSquareText,
      may: rights.reply,
      options: async () => {
        const told = await askServer<CannedReplies>(`/inbox/replies?org=${orgId}`);
        return told.replies.map((reply) => ({
          ...option(`canned-${reply.id}`, reply.title, () => {
            writeIntoComposer(fillVariables(reply.text, valuesOf(ticket, told)));
            void askServer("/inbox/replies", { intent: "use", org: orgId, reply: reply.id }).catch(() => undefined);
          }),
          words: `${reply.shortcut} ${reply.text}`,
          end: `/${reply.shortcut}`,
        }));
      },
    },
    { id: "share", label: t("ticket.share.title"), icon: Share2, may: true, run: onShare },
  ];
  useCommands(
    offered
      .filter(({ may }) => may)
      .map(({ may: _, icon: Icon, ...command }): Command => {
        return { ...command, group: "ticket", icon: Icon && <Icon aria-hidden /> };
      }),
  );
}

type CannedReplies = {
  replies: readonly { id: string; title: string; shortcut: string; text: string }[];
  agent: string;
  organisation: string;
};

const valuesOf = ({ contact, number, area }: TicketSummary, { agent, organisation }: CannedReplies) => ({
  "contact.name": contact.name,
  "contact.first_name": firstNameOf(contact.name),
  "ticket.number": String(number),
  "area.name": area.name,
  "agent.name": agent,
  "organisation.name": organisation,
});

/** As if it had been typed, so that the field and its draft know of it. */
function writeIntoComposer(text: string): void {
  const field = document.querySelector<HTMLTextAreaElement>("form textarea[name=text]");
  if (!field) return;
  field.focus();
  document.execCommand("insertText", false, text);
}
