import type { GuestActor } from "~/modules/accounts";
import type { Flow } from "~/modules/bots";
import type { RunEvent, StepEnv } from "~/modules/bots/engine/run";
import { welcomeFlow } from "~/modules/bots/starters/welcome";
import { CHANNEL_LIMITS } from "~/modules/channels";
import { guestOfToken } from "~/modules/contacts/index.server";
import { openGuestConversation, sendMessage } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import type { Benchmark, Row } from "./benchmark";
import { median, percentile } from "./driver/percentile";
import { addOrganisation, type BotOrganisation, startBotDatabases } from "./subject/bot-database";
import { builtEngine } from "./subject/built-engine";
import { chainOf } from "./subject/large-flow";

const LARGE = 300;
/** The bot is cut that hears more than twenty in a minute: each customer writes fewer. */
const WORDS = ["3", "qué sé yo", "Horarios", "3", "hola", "horarios", "3", "no entiendo", "3"];
const ROUNDS = 3;
const SENDERS = [1, 8];

const env: StepEnv = {
  ...{ now: "2026-03-02T12:00:00.000Z", random: 0.5, channel: "whatsapp", limits: CHANNEL_LIMITS.whatsapp },
  variables: { contact: { name: "Íñigo" }, org: { name: "Panadería Ñandú" } },
};

type Engine = Awaited<ReturnType<typeof builtEngine>>;
type Pure = { perSecond: number; perCpuSecond: number };

/** One customer's talk from the first word to the last; how many events the bot took. */
function talk({ step, newRun }: Engine, flow: Flow, words: readonly string[]): number {
  let state = step(flow, newRun(), { type: "start", id: "s", message: null }, env).state;
  for (const [n, text] of words.entries()) {
    const event: RunEvent = { type: "message", id: `m${n}`, message: { kind: "text", text, payload: null } };
    state = step(flow, state, event, env).state;
  }
  return words.length + 1;
}

/** Events a second, while so much time passes; by this process's own CPU too, which others take none of. */
function pureSteps(built: Engine, flow: Flow, words: readonly string[], ms: number): Pure {
  let steps = 0;
  const from = performance.now();
  const cpu = process.cpuUsage();
  let passed = 0;
  while (passed < ms) {
    for (let n = 0; n < 200; n++) steps += talk(built, flow, words);
    passed = performance.now() - from;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: steps / (passed / 1000), perCpuSecond: steps / ((user + system) / 1e6) };
}

const middleOf = (all: readonly Pure[]): Pure => ({
  perSecond: median(all.map(({ perSecond }) => perSecond)),
  perCpuSecond: median(all.map(({ perCpuSecond }) => perCpuSecond)),
});

type Writer = { guest: GuestActor; conversationId: string };
const say = ({ guest, conversationId }: Writer, text: string) =>
  sendMessage(guest, { conversationId, clientId: newId(), text, visibility: "public" });

/** Customers whose first word has been answered already. */
async function newWriters({ handle }: BotOrganisation, count: number): Promise<Writer[]> {
  const writers: Writer[] = [];
  for (let n = 0; n < count; n++) {
    const { token, conversationId } = await openGuestConversation(handle, { name: `Cliente ${n}` });
    const guest = await guestOfToken(token);
    if (!guest) throw new Error("no guest");
    const writer = { guest, conversationId };
    await say(writer, "hola");
    writers.push(writer);
  }
  return writers;
}

type Figures = { perSecond: number; p50: number; p99: number };

/** Everybody's words, so many customers at once, each one word after the other. */
async function writeAll(writers: readonly Writer[], atOnce: number): Promise<Figures> {
  const waits: number[] = [];
  const waiting = [...writers];
  const from = performance.now();
  const work = async () => {
    for (let writer = waiting.pop(); writer; writer = waiting.pop()) {
      for (const text of WORDS) {
        const began = performance.now();
        await say(writer, text);
        waits.push(performance.now() - began);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const perSecond = waits.length / ((performance.now() - from) / 1000);
  return { perSecond, p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) };
}

const middle = (all: readonly Figures[]): Figures => ({
  perSecond: median(all.map(({ perSecond }) => perSecond)),
  p50: median(all.map(({ p50 }) => p50)),
  p99: median(all.map(({ p99 }) => p99)),
});

async function withDatabase(quick: boolean, pure: number): Promise<Row[]> {
  const databases = await startBotDatabases({ durable: true });
  try {
    const url = await databases.open("engine");
    const bot = await addOrganisation(url, "con-bot", welcomeFlow("es", { sales: "General", support: "General" }));
    const people = await addOrganisation(url, "con-gente", null);
    const rows: Row[] = [];
    for (const senders of SENDERS) {
      const taken: { bot: Figures[]; people: Figures[] } = { bot: [], people: [] };
      const count = quick ? senders : 8 * senders;
      for (let round = 0; round < (quick ? 1 : ROUNDS); round++) {
        taken.bot.push(await writeAll(await newWriters(bot, count), senders));
        taken.people.push(await writeAll(await newWriters(people, count), senders));
      }
      const [ours, theirs] = [middle(taken.bot), middle(taken.people)];
      rows.push({
        what: `a customer's word taken and answered by the bot, with the database, ${senders} at once`,
        unit: "1/s",
        ours: ours.perSecond,
        reference: { name: "the same words to people, whom nobody answers for", value: theirs.perSecond },
        more: {
          ...{ p50_ms: ours.p50.toFixed(1), p99_ms: ours.p99.toFixed(1), p50_ms_reference: theirs.p50.toFixed(1) },
          share_of_pure: `1/${Math.round(pure / ours.perSecond)}`,
        },
      });
    }
    return rows;
  } finally {
    await databases.stop();
  }
}

/** The bots' engine by itself, and as the product runs it. */
export const engine: Benchmark = {
  name: "engine",
  title: "The bots' engine, steps a second",
  async run({ quick, say: tell }) {
    const ms = quick ? 50 : 3_000;
    const [small, large] = [welcomeFlow("es"), chainOf(LARGE)];
    const long = Array.from({ length: 12 }, () => "Seguir");
    const built = await builtEngine();
    const taken: [Pure[], Pure[]] = [[], []];
    for (let round = 0; round < ROUNDS + 1; round++) {
      const figures = [pureSteps(built, small, WORDS, ms), pureSteps(built, large, long, ms)] as const;
      // In the first round it is compiled.
      if (round > 0) for (const [place, figure] of figures.entries()) taken[place]?.push(figure);
    }
    const [pure, pureLarge] = [middleOf(taken[0]), middleOf(taken[1])];
    tell(`pure: ${Math.round(pure.perSecond).toLocaleString("en")} a second`);
    const byCpu = (figure: Pure) => ({ per_cpu_second: Math.round(figure.perCpuSecond).toLocaleString("en") });
    return [
      {
        ...{ what: "one event, pure, the welcome flow", unit: "1/s", ours: pure.perSecond, goal: { least: 100_000 } },
        more: byCpu(pure),
      },
      {
        ...{ what: `one event, pure, a flow of ${LARGE} nodes`, unit: "1/s", ours: pureLarge.perSecond },
        reference: { name: "the welcome flow", value: pure.perSecond },
        more: byCpu(pureLarge),
      },
      ...(await withDatabase(quick, pure.perSecond)),
    ];
  },
};
