import { useTranslation } from "~/i18n/translation";
import type { Report, ReportRow } from "~/modules/reports";
import { useReasonText } from "~/modules/tickets/ui/reason-text";
import type { DateReader } from "~/ui/format/format-dates";
import { sayKey } from "./shown";

/** What people read for a row. */
export function useRowName(report: Report, reader: DateReader): (row: ReportRow) => string {
  const { t, i18n } = useTranslation();
  const reasonText = useReasonText();
  return (row) => {
    if (row.key === "-") {
      const { group } = report;
      return t(group === "agent" || group === "tag" ? `reports.none.${group}` : "reports.none.other");
    }
    const handover = `reports.handover.${row.key}`;
    if (report.name === "handovers" && report.group === "tag") return i18n.exists(handover) ? t(handover) : row.key;
    if (report.name === "reasons" && report.group === "tag") return reasonText(row.key);
    return sayKey(report.group, row, reader);
  };
}
