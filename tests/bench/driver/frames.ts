import type { CDPSession } from "playwright-core";
import { percentile } from "./percentile";

type TraceEvent = { name: string; ts: number; pid: number; tid: number; ph: string };
export type FrameFigures = { perSecond: number; p95Ms: number; longestMs: number; late: number };

/** What Chromium traces of its frames while something is done. */
export async function traced(session: CDPSession, work: () => Promise<unknown>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => void events.push(...(value as TraceEvent[]));
  session.on("Tracing.dataCollected", collect);
  const done = new Promise<void>((ok) => session.once("Tracing.tracingComplete", () => ok()));
  const categories = "disabled-by-default-devtools.timeline.frame,devtools.timeline.frame,devtools.timeline";
  await session.send("Tracing.start", { categories, transferMode: "ReportEvents" });
  await work();
  await session.send("Tracing.end");
  await done;
  session.off("Tracing.dataCollected", collect);
  return events;
}

/** Frames that were drawn, a second; how long one of twenty waited at least, how long the longest, and how many came later than two of 60 a second. */
export function framesOf(events: readonly TraceEvent[]): FrameFigures {
  const drawn = events
    .filter(({ name }) => name === "DrawFrame")
    .map(({ ts }) => ts / 1_000)
    .sort((a, b) => a - b);
  const gaps = drawn.slice(1).map((at, place) => at - (drawn[place] ?? at));
  const seconds = ((drawn.at(-1) ?? 0) - (drawn[0] ?? 0)) / 1_000;
  return {
    perSecond: gaps.length / seconds,
    p95Ms: percentile(gaps, 0.95),
    longestMs: Math.round(Math.max(...gaps)),
    late: gaps.filter((gap) => gap > 34).length,
  };
}
