import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { ChartColumn, Download, MonitorDot } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireMemberPage } from "~/modules/accounts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { REPORTS, type Report, type ReportName } from "~/modules/reports";
import { getReport } from "~/modules/reports/index.server";
import { AppError } from "~/platform/errors";
import { Button, buttonClass } from "~/ui/button";
import { dayOf } from "~/ui/format/format-dates";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { useDateReader } from "~/ui/time";
import { type Asked, askedOf, daysBefore, SPANS, searchOf } from "./asked";
import { HeatMap } from "./heat-map";
import { RankBars } from "./rank-bars";
import { ReportTable } from "./report-table";
import { TimeBars } from "./time-bars";
import { Totals } from "./totals";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireMemberPage(request);
  const here = frame.profile.organisations.find(({ orgId }) => orgId === membership.orgId);
  const today = dayOf(Date.now(), here?.timeZone ?? "UTC");
  const asked = askedOf(new URL(request.url).searchParams, today);
  const t = await translator(request);
  const base = { title: t("reports.title"), frame, asked, today };
  try {
    return { ...base, report: await getReport(actor, membership.orgId, asked), problem: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 422) throw error;
    return {
      ...base,
      report: null,
      problem: { code: error.code, days: (error.data as { days?: number } | undefined)?.days },
    };
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What happened at an organisation's desk: one report at a time, as a picture, as a table and as a file. */
export default function Reports() {
  const { title, frame, asked, today, report, problem } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const busy = useNavigation().state === "loading";
  return (
    <SignedInFrame {...frame} current="reports">
      <PageHeader
        title={title}
        actions={
          <>
            <Link to="/reports/board" className={buttonClass("quiet", "sm")}>
              <MonitorDot aria-hidden className="size-4" />
              {t("reports.board")}
            </Link>
            <a href={`/reports/csv${searchOf(asked)}`} download className={buttonClass("quiet", "sm")}>
              <Download aria-hidden className="size-4" />
              CSV
            </a>
          </>
        }
      />
      <Menu asked={asked} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8" aria-busy={busy}>
        <div className="grid max-w-5xl gap-6">
          <p className="max-w-prose text-ink-soft">{t(`reports.about.${asked.name}`)}</p>
          <Choice asked={asked} today={today} />
          {problem && (
            <p role="alert" className="text-danger-text">
              {t(`errors.${problem.code}`, { days: problem.days })}
            </p>
          )}
          {report && <Shown report={report} asked={asked} />}
        </div>
      </div>
    </SignedInFrame>
  );
}

function Menu({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  return (
    <nav
      aria-label={t("reports.title")}
      className="flex shrink-0 gap-1 overflow-x-auto border-line border-b bg-surface px-3"
    >
      {(Object.keys(REPORTS) as ReportName[]).map((name) => (
        <Link
          key={name}
          to={searchOf(asked, { name })}
          aria-current={name === asked.name ? "page" : undefined}
          className="-mb-px inline-flex min-h-10 shrink-0 items-center border-transparent border-b-2 px-2 text-ink-soft hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink pointer-coarse:min-h-11"
        >
          {t(`reports.names.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

/** Which days, and by what; the spans are links, so that one press is enough. */
function Choice({ asked, today }: { asked: Asked; today: string }) {
  const { t } = useTranslation();
  return (
    <Form key={`${asked.name} ${asked.from} ${asked.to} ${asked.group}`} className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="name" value={asked.name} />
      <input type="hidden" name="metric" value={asked.metric} />
      <TextField type="date" name="from" label={t("reports.from")} defaultValue={asked.from} max={today} required />
      <TextField type="date" name="to" label={t("reports.to")} defaultValue={asked.to} max={today} required />
      <Select
        name="group"
        label={t("reports.by")}
        defaultValue={asked.group}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        {REPORTS[asked.name].groups.map((group) => (
          <option key={group} value={group}>
            {t(`reports.groups.${group}`)}
          </option>
        ))}
      </Select>
      <Button type="submit">{t("reports.show")}</Button>
      <div className="flex flex-wrap gap-1">
        {SPANS.map((days) => {
          const from = daysBefore(today, days - 1);
          return (
            <Link
              key={days}
              to={searchOf(asked, { from, to: today })}
              aria-current={asked.from === from && asked.to === today ? "true" : undefined}
              className="inline-flex min-h-9 items-center rounded-sm px-2 text-ink-soft text-sm hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-text pointer-coarse:min-h-11"
            >
              {t("reports.lastDays", { count: days })}
            </Link>
          );
        })}
      </div>
    </Form>
  );
}

function Shown({ report, asked }: { report: Report; asked: Asked }) {
  const { t } = useTranslation();
  const reader = useDateReader();
  if (report.rows.length === 0) {
    return <EmptyState icon={<ChartColumn />} title={t("reports.empty")} text={t("reports.emptyHint")} />;
  }
  const picture = { report, metric: asked.metric, reader };
  return (
    <>
      <Totals report={report} asked={asked} />
      {report.group === "hour_of_week" ? (
        <HeatMap {...picture} />
      ) : report.group === "day" || report.group === "hour" ? (
        <TimeBars {...picture} />
      ) : (
        <RankBars {...picture} />
      )}
      <ReportTable report={report} reader={reader} />
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
