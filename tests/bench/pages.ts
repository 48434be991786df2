import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, VERIFY_TOKEN } from "../support/product";
import type { Benchmark, Row } from "./benchmark";
import { median } from "./driver/percentile";
import { cpuSeconds } from "./driver/process-figures";
import { type WrkFigures, withTokensInTurn, wrk } from "./driver/wrk";
import { type ProductWorld, startProductWorld } from "./subject/product-world";

const CONNECTIONS = 32;
/** Each may make 1,000 calls at once and 100 a second: together more than either server answers. */
const CALLERS = 100;

type Request = { what: string; path: string; script?: string; least: number; p99Share?: number };

type Figures = WrkFigures & { cpu: number };
const round = (value: number) => Math.round(value * 1000) / 1000;
type Reference = { url: string; pid: number; stop(): Promise<void> };

/** The same build behind remix-serve, on the same database. */
async function startReference(world: ProductWorld): Promise<Reference> {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    ...world.product.settings,
    SERVICES: "web",
    PORT: `${port}`,
    NODE_ENV: "production" as const,
  };
  const program = [
    "--import",
    "./tests/bench/reference/start-runtime.mjs",
    "node_modules/@remix-run/serve/dist/cli.js",
  ];
  const child: ChildProcess = spawn(process.execPath, [...program, "build/server/index.js"], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}/login`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let waited = 0; !(await answers()); waited += 100) {
    if (waited > 60_000 || child.exitCode !== null) throw new Error("remix-serve did not start");
    await sleep(100);
  }
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** What the server's own process spends beside what wrk sees of it, which neighbours on the machine disturb less. */
async function measure(pid: number, url: string, load: Parameters<typeof wrk>[1]) {
  const cpu = cpuSeconds(pid);
  const from = performance.now();
  const figures = await wrk(url, load);
  const requests = figures.perSecond * ((performance.now() - from) / 1000);
  return { ...figures, cpu: ((cpuSeconds(pid) - cpu) / requests) * 1000 };
}

async function compare(world: ProductWorld, reference: Reference, request: Request, quick: boolean): Promise<Row[]> {
  const load = { connections: CONNECTIONS, seconds: quick ? 1 : 5, script: request.script };
  const theirs: Figures[] = [];
  const ours: Figures[] = [];
  for (let n = 0; n < (quick ? 1 : 3); n++) {
    theirs.push(await measure(reference.pid, reference.url + request.path, load));
    ours.push(await measure(world.pid, world.product.url + request.path, load));
  }
  const middle = (runs: Figures[], figure: keyof Figures) => median(runs.map((run) => run[figure]));
  const cpu = { cpu_ms: round(middle(ours, "cpu")), cpu_ms_reference: round(middle(theirs, "cpu")) };
  const rows: Row[] = [
    {
      what: request.what,
      unit: "requests/s",
      ours: middle(ours, "perSecond"),
      reference: { name: "remix-serve", value: middle(theirs, "perSecond") },
      goal: { least: request.least },
      more: { p50_ms: middle(ours, "p50"), p50_ms_reference: middle(theirs, "p50"), ...cpu },
    },
  ];
  if (request.p99Share) {
    rows.push({
      what: `${request.what}: p99`,
      unit: "ms",
      ours: middle(ours, "p99"),
      reference: { name: "remix-serve", value: middle(theirs, "p99") },
      goal: { most: request.p99Share },
    });
  }
  return rows;
}

export const pages: Benchmark = {
  name: "pages",
  title: `HTTP, ${CONNECTIONS} connections: the same build on our server and behind remix-serve`,
  async run({ quick }) {
    const world = await startProductWorld(1);
    const reference = await startReference(world);
    const tokens = await world.memberTokens(CALLERS);
    const question = `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${VERIFY_TOKEN}`;
    const requests: Request[] = [
      { what: "rendered page (/login)", path: "/login", least: 1.6, p99Share: 1 / 3 },
      { what: "resource route without database", path: `/webhooks/meta?${question}`, least: 2 },
      {
        what: "JSON resource route with database (/api/v1/me)",
        path: "/api/v1/me",
        script: withTokensInTurn(tokens),
        least: 2,
      },
    ];
    try {
      const rows: Row[] = [];
      for (const request of requests) rows.push(...(await compare(world, reference, request, quick)));
      return rows;
    } finally {
      await reference.stop();
      await world.stop();
    }
  },
};
