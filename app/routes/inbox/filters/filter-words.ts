import { useTranslation } from "~/i18n/translation";
import type { FilterPart, InboxFilter } from "~/modules/tickets";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { formatDate } from "~/ui/format/format-dates";
import { useDateReader } from "~/ui/time";
import type { FilterChoices } from "./filter-choices";

/** What a part of a filter says, in words. */
export function useFilterWords(choices: FilterChoices): (filter: InboxFilter, part: FilterPart) => string {
  const { t } = useTranslation();
  const reader = useDateReader();
  const channelName = useChannelName();
  const gone = t("inbox.filter.gone");
  const named = (all: readonly { id: string; name: string }[], id: string) => all.find((one) => one.id === id)?.name;
  const day = (text: string) => formatDate(Date.parse(`${text}T00:00:00Z`), "date", { ...reader, timeZone: "UTC" });
  return (filter, part) => {
    const value = filter[part] ?? "";
    switch (part) {
      case "areaId":
        return named(choices.areas, value) ?? gone;
      case "assignee":
        return value === "none" ? t("ticket.unassigned") : (named(choices.assignees, value) ?? gone);
      case "channelId": {
        const channel = choices.channels.find((one) => one.id === value);
        return channel ? channel.name || channelName(channel.kind) : gone;
      }
      case "priority":
        return t(`inbox.priority.${filter.priority ?? "normal"}`);
      case "waitingOn":
        return t(`inbox.waitingOn.${filter.waitingOn ?? "none"}`);
      case "from":
        return t("inbox.filter.since", { day: day(value) });
      case "to":
        return t("inbox.filter.until", { day: day(value) });
      case "q":
        return `“${value}”`;
      default:
        return value;
    }
  };
}
