import { closeDatabase, openDatabase } from "~/platform/db.server";
import type { Row } from "../benchmark";
import { median, percentile } from "./percentile";
import { plansOf } from "./plans";

type Question<Side> = { what: string; most?: number; ask(of: Side): Promise<unknown> };

type Comparison<Side> = {
  /** The same organisation with little and with much in its database. */
  small: Side;
  large: Side;
  /** How much there is, in words. */
  size(of: Side): string;
  questions: readonly Question<Side>[];
  /** How often each is asked in a round, after a first time that is not counted. */
  times: number;
};

/** Small and large are asked in turn: the machine's drift falls on both. */
const ROUNDS = 5;
const CONNECTIONS = { maxConnections: 4 };

async function take<Side extends { url: string }>(of: Side, asks: readonly Question<Side>[], times: number) {
  openDatabase(of.url, CONNECTIONS);
  const taken: number[][] = [];
  for (const { ask } of asks) {
    await ask(of);
    const own: number[] = [];
    for (let n = 0; n < times; n++) {
      const from = performance.now();
      await ask(of);
      own.push(performance.now() - from);
    }
    taken.push(own);
  }
  await closeDatabase();
  return taken;
}

/** What each question takes with much beside what it takes with little, p50 in ms, with the plans of both. */
export async function compareSizes<Side extends { url: string }>(comparison: Comparison<Side>): Promise<Row[]> {
  const { small, large, size, questions, times } = comparison;
  const few: number[][] = questions.map(() => []);
  const many: number[][] = questions.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [place, own] of (await take(small, questions, times)).entries()) few[place]?.push(...own);
    for (const [place, own] of (await take(large, questions, times)).entries()) many[place]?.push(...own);
  }
  const plans = async (of: Side) =>
    plansOf(
      of.url,
      questions.map((question) => () => question.ask(of)),
    );
  const [ofSmall, ofLarge] = [await plans(small), await plans(large)];
  return questions.map(({ what, most }, place): Row => {
    const [ours = [], theirs = []] = [many[place], few[place]];
    return {
      what: `${what}, ${size(large)}, p50`,
      unit: "ms",
      ours: median(ours),
      reference: { name: size(small), value: median(theirs) },
      goal: most ? { most } : undefined,
      more: { p95_ms: percentile(ours, 0.95).toFixed(1), p95_ms_reference: percentile(theirs, 0.95).toFixed(1) },
      plans: { small: ofSmall[place] ?? [], large: ofLarge[place] ?? [] },
    };
  });
}
