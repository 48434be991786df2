import { memberChanged } from "~/modules/accounts/events";
import { adoptRateLimiter, tellRights } from "~/modules/accounts/index.server";
import { botAutomation, doFlowCall, fetchMedia, fireTimer } from "~/modules/bots/index.server";
import { leaveOrganisationGroups } from "~/modules/chats/index.server";
import { makeThumbnail, removeContent } from "~/modules/files/index.server";
import { askForPreviews, deliverOutbox, previewMessage } from "~/modules/messaging/index.server";
import { createHub, type Hub } from "~/modules/realtime/index.server";
import {
  assignQueues,
  assignWaiting,
  eraseContact,
  forgetOlderDesk,
  processWebhook,
  registerAutomation,
  retagRows,
  returnTickets,
  returnWaiting,
  sendScheduled,
} from "~/modules/tickets/index.server";
import { deliverWebhook } from "~/modules/webhooks/index.server";
import { type Bus, checkRedis, createInProcessBus, createRedisBus } from "~/platform/bus/index.server";
import { closeDatabase, openDatabase } from "~/platform/db.server";
import { type Env, readEnv, SettingError, setEnv } from "~/platform/env.server";
import { AppError } from "~/platform/errors";
import { type EmittedEvent, listen } from "~/platform/events";
import { clientAddress, proxyTrust, type ServerRuntime, serveSite } from "~/platform/http/index.server";
import { holdInstance } from "~/platform/instance-lock.server";
import { type JobDefinition, migrateJobs, startWorkers } from "~/platform/jobs/index.server";
import type { RateLimiter } from "~/platform/limits/rate-limit.server";
import { redisRateLimiter } from "~/platform/limits/redis-rate-limit.server";
import { log } from "~/platform/log.server";
import { checkPostgres } from "~/platform/postgres/check-server.server";
import { startEmbeddedPostgres } from "~/platform/postgres/embedded.server";
import { migrateDatabase } from "~db/index.server";
import { EXIT_CODE, UsageError } from "./runtime/command.server";
import { runCommand as runOne } from "./runtime/commands.server";
import { DEMO_PASSWORD, demoSignIns, ensureDemo } from "./runtime/demo.server";
import { giveBackMemory } from "./runtime/give-back-memory.server";
import { hubDoors } from "./runtime/hub-doors.server";
import { createMetrics, METRICS_TYPE } from "./runtime/metrics/create-metrics.server";
import { watchDatabase } from "./runtime/readiness.server";
import { startSweeping, writeActivityOften } from "./runtime/sweep.server";
import { webhookDoor } from "./runtime/webhook-door.server";

/** Every job that a worker of this build knows. */
export const JOBS = [
  ...[tellRights, processWebhook, deliverOutbox, fireTimer, doFlowCall, fetchMedia],
  ...[makeThumbnail, removeContent, previewMessage, sendScheduled],
  ...[assignQueues, returnWaiting],
  ...[retagRows, eraseContact, deliverWebhook],
] as unknown as readonly JobDefinition[];

type Closing = () => Promise<void> | void;

let settings: Env | undefined;
let hub: Hub | undefined;
let metrics: ReturnType<typeof createMetrics> | undefined;
let ready = false;
let databaseAnswers = () => true;
let signIns: { email: string; name: string }[] = [];
/** What `start` opened, to be closed in the opposite order. */
let opened: Closing[] = [];

/** The address of the database: the one given, else the embedded server's, started or joined. */
async function openPostgres(env: Env): Promise<string> {
  if (env.databaseUrl) return env.databaseUrl;
  const embedded = await startEmbeddedPostgres(env.dataDir);
  opened.push(() => embedded.stop());
  return embedded.url;
}

/** Refuses a server that would not do, and brings its schema to this version. */
async function prepareDatabase(url: string): Promise<void> {
  await checkPostgres(url);
  const onWait = (tries: number) => log.warn({ tries }, "the migration waits for tables that are in use");
  await migrateDatabase(url, { after: migrateJobs, onWait });
}

function openBus(env: Env): Bus {
  const onFault = (error: Error) => log.warn({ err: error }, "Redis");
  const bus = env.redisUrl ? createRedisBus({ url: env.redisUrl, onFault }) : createInProcessBus();
  opened.push(() => bus.stop());
  return bus;
}

/** Limits that all processes count together, where they are joined by Redis. */
function openRateLimiter({ redisUrl }: Env): RateLimiter | undefined {
  if (!redisUrl) return undefined;
  const limiter = redisRateLimiter(redisUrl);
  adoptRateLimiter(limiter);
  opened.push(() => limiter.stop());
  return limiter;
}

function addressReader(trustProxy: Env["trustProxy"]) {
  const trusts = proxyTrust(trustProxy);
  return (remote: string, forwardedFor: string) => clientAddress(remote, forwardedFor, trustProxy, trusts);
}

async function followWhoLeft(events: readonly EmittedEvent[]): Promise<void> {
  for (const { definition, data } of events) {
    if (definition.name !== memberChanged.name) continue;
    const { orgId, memberId, accountId, change } = memberChanged.schema.parse(data);
    if (change !== "removed") continue;
    await returnTickets(orgId, memberId);
    await leaveOrganisationGroups(orgId, accountId);
  }
}

/** What may make room for tickets that wait: somebody is there, or belongs to an area, or the area is another. */
const ROOM: ReadonlySet<string> = new Set(["joined", "areas", "area", "availability", "resumed"]);

/** Nobody whose doing it was waits for this; the desk's clock does what a crash leaves out. */
function giveOutWaiting(events: readonly EmittedEvent[]): void {
  const made = events.filter(({ definition }) => definition.name === memberChanged.name);
  const changes = made.map(({ data }) => memberChanged.schema.parse(data)).filter(({ change }) => ROOM.has(change));
  for (const orgId of new Set(changes.map((change) => change.orgId))) {
    void assignWaiting(orgId).catch((error: unknown) => log.warn({ err: error }, "what waits was not given out"));
  }
}

/** Nobody who writes waits for this. */
function askLater(events: readonly EmittedEvent[]): void {
  void askForPreviews(events).catch((error: unknown) => log.warn({ err: error }, "a preview was not asked for"));
}

async function openProduct(env: Env): Promise<void> {
  const url = await openPostgres(env);
  await prepareDatabase(url);
  if (env.redisUrl) await checkRedis(env.redisUrl);
  openDatabase(url);
  opened.push(closeDatabase);
  const watch = watchDatabase();
  databaseAnswers = watch.answers;
  opened.push(watch.stop);
  registerAutomation(botAutomation);
  if (env.demo) await ensureDemo();
  signIns = await demoSignIns();
  hub = createHub({
    bus: openBus(env),
    doors: hubDoors,
    log: log.child({ part: "hub" }),
    publicOrigin: process.env.PUBLIC_URL ? new URL(env.publicUrl).origin : null,
    clientAddress: addressReader(env.trustProxy),
    rateLimiter: openRateLimiter(env),
    heardElsewhere: forgetOlderDesk,
  });
  metrics = createMetrics({ hub, url });
  opened.push(metrics.stop);
  opened.push(giveBackMemory());
  const forget = [listen(hub.deliver), listen(followWhoLeft), listen(askLater), listen(giveOutWaiting)];
  opened.push(async () => {
    await hub?.drain();
    for (const stop of forget) stop();
  });
  opened.push(writeActivityOften());
  if (env.services.has("worker")) {
    const workers = await startWorkers({ url, definitions: JOBS });
    opened.push(() => workers.stop());
    opened.push(startSweeping());
  }
}

async function closeAll(): Promise<void> {
  const closing = opened.reverse();
  opened = [];
  for (const close of closing) {
    try {
      await close();
    } catch (error) {
      log.error({ err: error }, "something did not close");
    }
  }
}

/** Everything but the port; server.ts opens that. */
export const runtime: ServerRuntime = {
  async start(source) {
    const env = readEnv(source);
    settings = env;
    setEnv(env);
    if (!env.databaseUrl) {
      const lock = holdInstance(env.dataDir, { port: env.port });
      opened.push(() => lock.release());
    }
    try {
      await openProduct(env);
    } catch (error) {
      await closeAll();
      throw error;
    }
    ready = true;
    const { port, host, publicUrl, trustProxy, services, serviceWorker } = env;
    return { port, host, publicUrl, trustProxy, services, serviceWorker };
  },

  ready: () => ready && databaseAnswers(),

  hub(app) {
    if (settings?.services.has("hub")) hub?.register(app);
  },

  metrics: {
    token: () => settings?.metricsToken,
    contentType: METRICS_TYPE,
    read: async () => (metrics ? metrics.read() : ""),
  },

  onAnswered: (call) => metrics?.count(call),

  posts: [webhookDoor],

  serve: serveSite,

  banner() {
    const lines = ["", `GuazuApp: ${settings?.publicUrl}`];
    if (signIns.length > 0) {
      lines.push(`  public chat of the demo: ${settings?.publicUrl}/c/demo`);
      lines.push(`  demo sign-ins, password ${DEMO_PASSWORD} until they are changed:`);
      lines.push(...signIns.map(({ email, name }) => `    ${email}  ${name}`));
    }
    return [...lines, ""].join("\n");
  },

  async stop() {
    ready = false;
    await closeAll();
  },
};

/** `npm run guazu`: one command beside a running server, or on the database alone. Returns the exit code. */
export async function runCommand(argv: string[]): Promise<number> {
  const json = argv.includes("--json");
  try {
    const env = readEnv(process.env);
    setEnv(env);
    const url = await openPostgres(env);
    await prepareDatabase(url);
    openDatabase(url, { maxConnections: 4 });
    opened.push(closeDatabase);
    registerAutomation(botAutomation);
    const result = await runOne(argv.filter((word) => word !== "--json"));
    process.stdout.write(`${JSON.stringify(result, null, json ? undefined : 2)}\n`);
    return result[EXIT_CODE] ?? 0;
  } catch (error) {
    process.stderr.write(`${lineFor(error)}\n`);
    return 1;
  } finally {
    await closeAll();
  }
}

function lineFor(error: unknown): string {
  if (error instanceof UsageError || error instanceof SettingError) return error.message;
  if (error instanceof AppError) return `${error.code}${error.data ? ` ${JSON.stringify(error.data)}` : ""}`;
  return error instanceof Error ? error.message : String(error);
}
