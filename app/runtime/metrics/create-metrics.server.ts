import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { Hub } from "~/modules/realtime/index.server";
import { addressClass, type Call } from "~/platform/http/index.server";
import { addGauges } from "./gauges.server";
import { watchDepths } from "./read-depths.server";

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** In seconds: from a file out of memory to what a client gives up on. */
const DURATIONS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What became of a webhook, by the status that it was answered with. */
function fateOf(status: number): string {
  if (status >= 200 && status < 300) return "taken";
  return status >= 500 || status === 0 ? "unavailable" : "refused";
}

/**
 * The figures of one process, in Prometheus' form. Nothing is asked of the database but by `read`, and at most once in
 * 5 s; the rest is counted where it happens.
 */
export function createMetrics({ hub, url }: { hub: Hub; url: string }) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "guazu_http_requests_total",
    help: "Requests that are over, by class of address and status (0: the client left first)",
    labelNames: ["class", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "guazu_http_request_seconds",
    help: "From a request's head to the end of its answer",
    labelNames: ["class"],
    buckets: DURATIONS,
    registers,
  });
  const webhooks = new Counter({
    name: "guazu_webhooks_total",
    help: "Webhooks taken (stored), refused (signature, form) and unavailable (to be sent again)",
    labelNames: ["fate"],
    registers,
  });
  const depths = watchDepths(url);
  const refresh = addGauges(registry, hub);
  return {
    count({ incoming, exchange, startedAt }: Call): void {
      const kind = addressClass(incoming.path);
      requests.inc({ class: kind, status: exchange.status });
      durations.observe({ class: kind }, (performance.now() - startedAt) / 1000);
      if (kind === "webhook" && incoming.method === "POST") webhooks.inc({ fate: fateOf(exchange.status) });
    },
    async read(): Promise<string> {
      refresh(await depths.read());
      return registry.metrics();
    },
    stop: depths.stop,
  };
}
