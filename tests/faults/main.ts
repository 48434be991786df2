import { appendFileSync, mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { FAULTS } from "./catalogue";
import { type Cluster, startCluster } from "./driver/cluster";
import { gatherCrowd } from "./driver/crowd";
import type { Fault, Line } from "./driver/fault";
import { report } from "./driver/report";
import { runFault } from "./driver/run-fault";
import { worstOf } from "./driver/worst";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeats: { type: "string", default: "1" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    rate: { type: "string", default: "200" },
    short: { type: "boolean", default: false },
  },
});
const RESULTS = "bench-results";
/** 200 readers, five at each conversation; `--short` takes what `npm test` does. */
const WHOLE = { conversations: 100, staff: 100, each: 4 };
const SHORT = { conversations: 30, staff: 10, each: 6 };
const OTHERS = { conversations: 4, staff: 2, each: 2 };

let cluster: Cluster | null = null;

/** A crowd of its own for each run, and a cluster of its own after one that failed. */
async function runOnce(fault: Fault, seed: number): Promise<Line> {
  cluster ??= await startCluster();
  const others = await gatherCrowd(cluster, OTHERS, "no such word");
  const crowd = await gatherCrowd(cluster, values.short ? SHORT : WHOLE, others.canary);
  const line = await runFault(cluster, crowd, fault, { seed, short: values.short, perSecond: Number(values.rate) });
  await Promise.all([crowd.stop(), others.stop()]);
  if (line.broken.length === 0) return line;
  console.error(`${fault.name} failed: repeat it with --seed ${seed}`);
  await cluster.dispose();
  cluster = null;
  return line;
}

async function tryFault(fault: Fault, repeats: number, seed: number): Promise<Line> {
  const lines: Line[] = [];
  for (let n = 0; n < repeats; n++) lines.push(await runOnce(fault, seed + n));
  return worstOf(lines);
}

/** Whoever interrupts leaves nothing running behind. */
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void Promise.resolve(cluster?.dispose()).finally(() => process.exit(1)));
}

const wanted = positionals.map((name) => name.toUpperCase());
const unknown = wanted.filter((name) => !FAULTS.some((fault) => fault.name === name));
if (unknown.length > 0) throw new Error(`no such fault: ${unknown.join(" ")}`);
mkdirSync(RESULTS, { recursive: true });
let failed = 0;
for (const fault of FAULTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const line = await tryFault(fault, Number(values.repeats), Number(values.seed));
  report(line);
  appendFileSync(`${RESULTS}/faults.jsonl`, `${JSON.stringify(line)}\n`);
  if (line.broken.length > 0) failed++;
}
await (cluster as Cluster | null)?.dispose();
process.exit(failed > 0 ? 1 : 0);
