import { X } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { RefusedDialog } from "~/modules/desk/ui/refused-dialog";
import { TagField } from "~/modules/desk/ui/tag-field";
import { useChangeTickets } from "~/modules/desk/ui/use-change-tickets";
import { PRIORITIES, type TicketSummary } from "~/modules/tickets";
import { Badge } from "~/ui/badge";
import { Select } from "~/ui/forms/select";
import { Time } from "~/ui/time";

type SortingProps = { orgId: string; ticket: TicketSummary; suggestions: readonly string[]; manages: boolean };

/** A ticket's priority and tags, and until when it sleeps; to be changed by who manages it. */
export function Sorting({ orgId, ticket, suggestions, manages }: SortingProps) {
  const { t } = useTranslation();
  const { change, refused, forget } = useChangeTickets(orgId);
  const set = (patch: Parameters<typeof change>[1]) => void change([ticket.id], patch);
  return (
    <section className="grid gap-3">
      {ticket.snoozed_until && (
        <p className="text-ink-soft text-sm">
          {t("inbox.snooze.until")} <Time at={ticket.snoozed_until} style="full" />
        </p>
      )}
      {manages ? (
        <Select
          label={t("inbox.filter.priority")}
          value={ticket.priority}
          onChange={(event) => set({ priority: event.currentTarget.value as TicketSummary["priority"] })}
        >
          {PRIORITIES.map((one) => (
            <option key={one} value={one}>
              {t(`inbox.priority.${one}`)}
            </option>
          ))}
        </Select>
      ) : (
        <p className="text-sm">
          <span className="text-ink-soft">{t("inbox.filter.priority")}</span> {t(`inbox.priority.${ticket.priority}`)}
        </p>
      )}
      {(manages || ticket.tags.length > 0) && (
        <div className="grid gap-1.5">
          <h2 className="font-medium text-sm">{t("ticket.facts.tags")}</h2>
          <ul className="flex flex-wrap gap-1">
            {ticket.tags.map((tag) => (
              <li key={tag} className="flex min-w-0">
                {manages ? (
                  <button
                    type="button"
                    aria-label={t("inbox.bulk.removeTag", { tag })}
                    onClick={() => set({ removeTags: [tag] })}
                    className="touch-target inline-flex min-w-0 rounded-sm hover:bg-hover"
                  >
                    <Badge icon={<X aria-hidden />}>{tag}</Badge>
                  </button>
                ) : (
                  <Badge>{tag}</Badge>
                )}
              </li>
            ))}
          </ul>
          {manages && (
            <TagField
              label={t("inbox.bulk.newTag")}
              suggestions={suggestions}
              onAdd={(tag) => set({ addTags: [tag] })}
            />
          )}
        </div>
      )}
      <RefusedDialog refused={refused} onClose={forget} />
    </section>
  );
}
