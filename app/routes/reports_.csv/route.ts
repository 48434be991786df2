import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireMember } from "~/modules/accounts/index.server";
import { isDuration, type Measure, type Metric } from "~/modules/reports";
import { getReport } from "~/modules/reports/index.server";
import { CSV_BEGIN, csvLine } from "~/platform/csv/csv-line";

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

const columnsOf = (metric: Metric) =>
  isDuration(metric) || metric === "rated" ? ["count", "average", "median"] : ["count"];

const cellsOf = (metric: Metric, measure: Measure | undefined) =>
  columnsOf(metric).map((column) => rounded(measure?.[column as keyof Measure] ?? null));

/** A report as a file for spreadsheets; lengths of time in seconds. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const params = new URL(request.url).searchParams;
  const [name, from, to] = ["name", "from", "to"].map((key) => params.get(key) ?? "") as [string, string, string];
  const report = await getReport(actor, membership.orgId, { name, from, to, group: params.get("group") ?? undefined });
  const head = [
    report.group,
    "name",
    ...report.metrics.flatMap((metric) => columnsOf(metric).map((one) => `${metric}_${one}`)),
  ];
  const lines = report.rows.map((row) =>
    csvLine([row.key, row.name, ...report.metrics.flatMap((metric) => cellsOf(metric, row.values[metric]))]),
  );
  return new Response([CSV_BEGIN, csvLine(head), ...lines].join(""), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${report.name}-${report.from}-${report.to}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
