import { useTranslation } from "~/i18n/translation";
import type { Report, ReportRow } from "~/modules/reports";
import type { DateReader } from "~/ui/format/format-dates";
import { sayKey } from "./shown";

/** Reasons of a handing over have words of their own; tags and closing reasons are the organisation's. */
const REASONS = new Set([
  "handoff",
  "command",
  "invalid_answers",
  "no_answer",
  "loop",
  "flow_error",
  "taken",
  "human_reply",
]);

/** What people read for a row. */
export function useRowName(report: Report, reader: DateReader): (row: ReportRow) => string {
  const { t } = useTranslation();
  return (row) => {
    if (row.key === "-") {
      const { group } = report;
      return t(group === "agent" || group === "tag" ? `reports.none.${group}` : "reports.none.other");
    }
    if (report.name === "handovers" && REASONS.has(row.key)) return t(`reports.handover.${row.key}`);
    return sayKey(report.group, row, reader);
  };
}
