import { AlarmClock, ArrowRightLeft, CheckCheck, Flag, ListChecks, Tag, UserRound, UserX, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { type BulkPatch, MOST_TICKETS } from "~/modules/desk";
import { RunMacroDialog } from "~/modules/desk/ui/macros/run-macro-dialog";
import { RefusedDialog } from "~/modules/desk/ui/refused-dialog";
import { SnoozeMenu } from "~/modules/desk/ui/snooze-menu";
import { TagField } from "~/modules/desk/ui/tag-field";
import { useChangeTickets } from "~/modules/desk/ui/use-change-tickets";
import { PRIORITIES, type TicketSummary } from "~/modules/tickets";
import { AgentPicker } from "~/modules/tickets/ui/agent-picker";
import { CloseForm } from "~/modules/tickets/ui/close-form";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import { Menu, MenuItem } from "~/ui/overlay/menu";
import type { FilterChoices } from "../filters/filter-choices";
import type { Selection } from "./use-selection";

type BulkBarProps = { orgId: string; selection: Selection; tickets: readonly TicketSummary[]; choices: FilterChoices };

const NOBODY = "none";

/** What can be done with the tickets that are marked. */
export function BulkBar({ orgId, selection, tickets, choices }: BulkBarProps) {
  const { t } = useTranslation();
  const chosen = tickets.filter(({ id }) => selection.ids.has(id));
  const { busy, change, run, refused, forget } = useChangeTickets(orgId);
  const [choosing, setChoosing] = useState(false);
  const apply = async (patch: BulkPatch) => {
    const result = await change([...selection.ids], patch);
    // What was refused stays marked, to be tried otherwise.
    if (result) selection.set(result.refused.map(({ id }) => id));
  };
  const count = selection.ids.size;
  return (
    <>
      {count > 0 && (
        <section aria-label={t("inbox.bulk.title")} className="border-line border-t bg-raised px-3 py-2">
          <div className="flex items-center gap-1">
            <IconButton label={t("inbox.bulk.clear")} icon={<X aria-hidden />} onClick={() => selection.set([])} />
            <span aria-live="polite" className="flex-1 text-sm">
              {t("inbox.bulk.chosen", { count })}
            </span>
            <Button
              size="sm"
              variant="plain"
              onClick={() => selection.set(tickets.slice(0, MOST_TICKETS).map(({ id }) => id))}
            >
              {t("inbox.bulk.all")}
            </Button>
          </div>
          <div aria-busy={busy} className="flex flex-wrap items-center justify-between gap-y-1">
            <AssignButton choices={choices} onPick={(assigneeId) => void apply({ assigneeId })} />
            <Menu
              trigger={<IconButton label={t("inbox.bulk.transfer")} icon={<ArrowRightLeft aria-hidden />} />}
              placement="top start"
              onAction={(areaId) => void apply({ areaId })}
            >
              {choices.areas.map(({ id, name }) => (
                <MenuItem key={id} id={id}>
                  {name}
                </MenuItem>
              ))}
            </Menu>
            <TagButton chosen={chosen} suggestions={choices.tags} onPatch={apply} />
            <Menu
              trigger={<IconButton label={t("inbox.filter.priority")} icon={<Flag aria-hidden />} />}
              placement="top start"
              onAction={(priority) => void apply({ priority: priority as TicketSummary["priority"] })}
            >
              {PRIORITIES.map((one) => (
                <MenuItem key={one} id={one}>
                  {t(`inbox.priority.${one}`)}
                </MenuItem>
              ))}
            </Menu>
            <SnoozeMenu
              trigger={<IconButton label={t("inbox.snooze.title")} icon={<AlarmClock aria-hidden />} />}
              asleep={chosen.some((one) => one.snoozed_until !== null)}
              onSnooze={(snoozedUntil) => void apply({ snoozedUntil })}
            />
            <IconButton
              label={t("macros.action")}
              icon={<ListChecks aria-hidden />}
              onClick={() => setChoosing(true)}
            />
            <Dialog
              title={t("inbox.bulk.close", { count })}
              size="sm"
              trigger={<IconButton label={t("ticket.close.action")} icon={<CheckCheck aria-hidden />} />}
            >
              {(close) => (
                <CloseForm
                  reasons={choices.closingReasons ?? null}
                  submitLabel={t("inbox.bulk.closeSubmit")}
                  close={close}
                  onClose={({ reason }) => void apply({ state: "closed", reason })}
                />
              )}
            </Dialog>
          </div>
        </section>
      )}
      <RunMacroDialog
        orgId={orgId}
        open={choosing}
        onOpenChange={setChoosing}
        count={count}
        onRun={async (macro) => {
          const result = await run(macro, [...selection.ids]);
          if (result) selection.set(result.refused.map(({ id }) => id));
        }}
      />
      <RefusedDialog refused={refused} onClose={forget} />
    </>
  );
}

type AssignButtonProps = { choices: FilterChoices; onPick: (memberId: string | null) => void };

function AssignButton({ choices, onPick }: AssignButtonProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("inbox.bulk.assign")}
      size="sm"
      trigger={<IconButton label={t("inbox.bulk.assign")} icon={<UserRound aria-hidden />} />}
    >
      {(close) => (
        <AgentPicker
          agents={choices.assignees}
          areas={choices.areas}
          label={t("inbox.bulk.assign")}
          others={[{ id: NOBODY, name: t("inbox.bulk.toQueue"), icon: <UserX aria-hidden /> }]}
          onPick={(id) => {
            onPick(id === NOBODY ? null : id);
            close();
          }}
        />
      )}
    </Dialog>
  );
}

type TagButtonProps = {
  chosen: readonly TicketSummary[];
  suggestions: readonly string[];
  onPatch: (patch: BulkPatch) => Promise<void>;
};

/** Puts a tag on all, or takes one off those that have it. */
function TagButton({ chosen, suggestions, onPatch }: TagButtonProps): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const there = [...new Set(chosen.flatMap(({ tags }) => tags))].sort();
  const apply = (patch: BulkPatch) => {
    setOpen(false);
    void onPatch(patch);
  };
  return (
    <Dialog
      title={t("ticket.facts.tags")}
      size="sm"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t("ticket.facts.tags")} icon={<Tag aria-hidden />} />}
    >
      <div className="grid gap-3">
        <TagField label={t("inbox.bulk.newTag")} suggestions={suggestions} onAdd={(tag) => apply({ addTags: [tag] })} />
        {there.length > 0 && (
          <ul className="flex flex-wrap gap-1.5">
            {there.map((tag) => (
              <li key={tag}>
                <Button
                  size="sm"
                  icon={<X aria-hidden className="size-3.5" />}
                  aria-label={t("inbox.bulk.removeTag", { tag })}
                  onClick={() => apply({ removeTags: [tag] })}
                >
                  {tag}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
