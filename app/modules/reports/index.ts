export {
  GROUPS,
  isDuration,
  isReportName,
  type Measure,
  type Metric,
  REPORTS,
  type Report,
  type ReportGroup,
  type ReportName,
  type ReportRow,
} from "./report";
