/** What is counted in each hour; the recount gives each its meaning. */
export const METRICS = [
  "opened",
  "opened_bot",
  "reopened",
  "closed",
  "resolution",
  "closed_bot",
  "closed_tag",
  "closed_reason",
  "handed_over",
  "received",
  "sent",
  "sent_bot",
  "first_reply",
  "waited",
  "rated",
] as const;
export type Metric = (typeof METRICS)[number];

/** By what a report is parted. */
export const GROUPS = ["day", "hour", "hour_of_week", "area", "agent", "channel", "tag"] as const;
export type ReportGroup = (typeof GROUPS)[number];

/** The metrics of each report, and by what it can be parted; by `tag` only what has one. */
export const REPORTS = {
  volume: {
    metrics: ["opened", "reopened", "closed", "received", "sent", "sent_bot"],
    groups: ["day", "hour", "hour_of_week", "area", "agent", "channel"],
  },
  first_reply: { metrics: ["first_reply"], groups: ["day", "hour", "hour_of_week", "area", "agent", "channel"] },
  resolution: { metrics: ["resolution"], groups: ["day", "hour", "hour_of_week", "area", "agent", "channel"] },
  waiting: { metrics: ["waited"], groups: ["day", "hour", "hour_of_week", "area", "agent", "channel"] },
  bot: {
    metrics: ["opened_bot", "closed_bot", "handed_over"],
    groups: ["day", "hour", "hour_of_week", "area", "channel"],
  },
  handovers: { metrics: ["handed_over"], groups: ["tag", "area", "channel"] },
  tags: { metrics: ["closed_tag"], groups: ["tag", "area", "agent", "channel"] },
  reasons: { metrics: ["closed_reason"], groups: ["tag", "area", "agent", "channel"] },
  ratings: { metrics: ["rated"], groups: ["day", "area", "agent", "channel"] },
} as const satisfies Record<string, { metrics: readonly Metric[]; groups: readonly ReportGroup[] }>;

export type ReportName = keyof typeof REPORTS;

export const isReportName = (value: unknown): value is ReportName =>
  typeof value === "string" && Object.hasOwn(REPORTS, value);

/** Of what `total` and the steps are a duration in seconds. */
const DURATIONS: ReadonlySet<Metric> = new Set(["resolution", "first_reply", "waited"]);
export const isDuration = (metric: Metric) => DURATIONS.has(metric);

/** One metric of one group; `average` in seconds, of ratings from 1 to 5; `median` of durations in seconds. */
export type Measure = { count: number; average: number | null; median: number | null };

export type ReportRow = {
  /** The id of an area, agent or channel, the tag, or the time; `-` where a fact has none. */
  key: string;
  /** What people read: a name, or the key. */
  name: string;
  values: Partial<Record<Metric, Measure>>;
};

export type Report = {
  name: ReportName;
  group: ReportGroup;
  from: string;
  to: string;
  metrics: readonly Metric[];
  rows: ReportRow[];
  total: Partial<Record<Metric, Measure>>;
};
