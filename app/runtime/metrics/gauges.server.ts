import { Counter, Gauge, type Registry } from "prom-client";
import type { Hub, HubStats } from "~/modules/realtime/index.server";
import { poolUse } from "~/platform/db.server";
import { LANES } from "~/platform/jobs/index.server";
import { type Tallied, tallied } from "~/platform/tally";
import type { Depths } from "./read-depths.server";

type Lines = { [name: string]: { help: string; labels?: string[]; rows: () => [labels: object, value: number][] } };
const one = (value: number): [object, number][] => [[{}, value]];

/** What the hub of this process says of itself. */
const ofHub = (stats: () => HubStats): Lines => ({
  guazu_hub_sockets: { help: "Open sockets of this process", rows: () => one(stats().sockets) },
  guazu_hub_topics: { help: "Topics that they hear", rows: () => one(stats().topics) },
  guazu_hub_events_total: {
    help: "What the hub counts, by name: deliveries, healed, frames_in, frames_refused, dropped, closed_<code> ...",
    labels: ["event"],
    rows: () => Object.entries(stats().counters).map(([event, count]) => [{ event }, count]),
  },
  guazu_bus_connected: {
    help: "1 while this process hears the others",
    rows: () => one(Number(stats().bus.connected)),
  },
  guazu_bus_messages_total: {
    help: "Messages between processes: published, received, dropped while the line was cut",
    labels: ["fate"],
    rows: () => {
      const { published, received, dropped } = stats().bus;
      return Object.entries({ published, received, dropped }).map(([fate, count]) => [{ fate }, count]);
    },
  },
});

const counted = (help: string, name: Tallied) => ({ help, rows: () => one(tallied(name)) });

const ofProcess: Lines = {
  guazu_append_batches_total: counted("Commits that appended messages together", "append_batches"),
  guazu_append_messages_total: counted("Messages in them; divided by the batches: the mean size", "append_messages"),
  guazu_append_messages_in_one_trip_total: counted(
    "Those of them that one round trip stored, since this process knew the conversation",
    "append_messages_in_one_trip",
  ),
  guazu_append_taken_apart_total: counted("Batches that did not fit", "append_batches_taken_apart"),
  guazu_jobs_done_total: counted("Jobs that this process did", "jobs_done"),
  guazu_jobs_failed_total: counted("Attempts that failed and will be tried again", "jobs_failed"),
  guazu_jobs_dead_total: counted("Jobs that failed for good here", "jobs_dead"),
  guazu_rate_limit_fallbacks_total: counted("Times that Redis did not answer about a limit", "rate_limit_fallbacks"),
  guazu_pool_connections: {
    help: "Connections that requests share, and requests that wait for one",
    labels: ["state"],
    rows: () =>
      Object.entries(poolUse()).map(([state, count]) => [{ state: state === "inUse" ? "in_use" : state }, count]),
  },
};

/** What the database says; the same at every process, so that one of them is enough (or the highest of all). */
const ofDatabase = (now: () => Depths | null): Lines => ({
  guazu_database_answers: { help: "1 when the figures below could be read", rows: () => one(now() ? 1 : 0) },
  guazu_jobs: {
    help: "Jobs that could run now, that run, and that are dead letters",
    labels: ["lane", "state"],
    rows: () => {
      const depths = now();
      if (!depths) return [];
      return LANES.flatMap((lane) =>
        (["waiting", "running", "dead"] as const).map((state): [object, number] => [
          { lane, state },
          depths.lanes[lane][state],
        ]),
      );
    },
  },
  guazu_jobs_oldest_seconds: {
    help: "How long the oldest job that could run has waited",
    labels: ["lane"],
    rows: () => {
      const depths = now();
      return depths ? LANES.map((lane): [object, number] => [{ lane }, depths.lanes[lane].oldest]) : [];
    },
  },
  guazu_outbox_waiting: { help: "Parts of messages that have not left", rows: () => each(now()?.outbox.waiting) },
  guazu_outbox_oldest_seconds: { help: "How long the oldest is due", rows: () => each(now()?.outbox.oldest) },
  guazu_webhooks_waiting: { help: "Webhooks stored and not read yet", rows: () => each(now()?.webhooks.waiting) },
  guazu_webhooks_oldest_seconds: { help: "Age of the oldest of them", rows: () => each(now()?.webhooks.oldest) },
  guazu_feed_horizon_seconds: {
    help: "Age of the oldest open transaction that writes: lists and healing lag behind by as much",
    rows: () => each(now()?.horizon),
  },
  guazu_channels: {
    help: "Connected channels by what their provider last said",
    labels: ["kind", "health"],
    rows: () => (now()?.channels ?? []).map(({ kind, health, count }) => [{ kind, health }, count]),
  },
});

const each = (value: number | undefined): [object, number][] => (value === undefined ? [] : one(value));

/** Adds all gauges; the function that it returns lays their values anew. Counts that others keep are shown as they are. */
export function addGauges(registry: Registry, hub: Pick<Hub, "stats">): (depths: Depths | null) => void {
  let depths: Depths | null = null;
  const lines = { ...ofHub(() => hub.stats()), ...ofProcess, ...ofDatabase(() => depths) };
  const all = Object.entries(lines).map(([name, { help, labels = [], rows }]) => {
    const configuration = { name, help, labelNames: labels, registers: [registry] };
    const metric = name.endsWith("_total") ? new Counter(configuration) : new Gauge(configuration);
    return { metric, isSingle: labels.length === 0, rows };
  });
  return (now) => {
    depths = now;
    for (const { metric, isSingle, rows } of all) {
      metric.reset();
      const values = rows();
      for (const [labels, value] of values) metric.inc(labels as Record<string, string>, value);
      // Of what has labels nothing is left already; a single value would say 0 where nothing is known.
      if (isSingle && values.length === 0) metric.remove();
    }
  };
}
