import type { GuestActor } from "~/modules/accounts";
import {
  explainTicket,
  listFlows,
  listStayTickets,
  listVersions,
  readFigures,
  replayTicket,
} from "~/modules/bots/index.server";
import { guestOfToken } from "~/modules/contacts/index.server";
import { openGuestConversation, sendMessage } from "~/modules/tickets/index.server";
import { closeDatabase, openDatabase } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import type { Benchmark, Row } from "./benchmark";
import { median, percentile } from "./driver/percentile";
import { plansOf } from "./driver/plans";
import { startBotDatabases } from "./subject/bot-database";
import { type BotHistory, makeHistory } from "./subject/bot-history";

/** As many runs in the last month in both, and twenty times as many in all: 200,000 runs of 1,000,000 stays. */
const DAYS = [30, 600] as const;
const RUNS_A_DAY = 334;
const QUICK_RUNS_A_DAY = 4;
const ROUNDS = 3;

type Question = { what: string; most?: number; ask: (of: BotHistory) => Promise<unknown> };

const flowOf = ({ bot }: BotHistory) => bot?.flowId ?? "";
const menu = (of: BotHistory) => ({ node: "menu", versionId: of.bot?.versionId ?? "" });

/** A customer who has not written before: what a run's start asks. */
async function begin({ handle }: BotHistory) {
  const { token, conversationId } = await openGuestConversation(handle, { name: "Tito" });
  const guest = (await guestOfToken(token)) as GuestActor;
  return sendMessage(guest, { conversationId, clientId: newId(), text: "hola", visibility: "public" });
}

const QUESTIONS: readonly Question[] = [
  {
    what: "figures of a version, 30 days",
    most: 1.3,
    ask: (of) => readFigures(of.admin, of.orgId, flowOf(of), { versionId: null }),
  },
  {
    what: "figures of a version, 365 days, of the newest 100,000 stays",
    ask: (of) => readFigures(of.admin, of.orgId, flowOf(of), { versionId: null, days: 365 }),
  },
  {
    what: "tickets that left by an exit",
    most: 1.3,
    ask: (of) => listStayTickets(of.admin, of.orgId, flowOf(of), { ...menu(of), exit: "hours" }),
  },
  {
    what: "tickets that stayed away",
    most: 1.3,
    ask: (of) => listStayTickets(of.admin, of.orgId, flowOf(of), { ...menu(of), only: "dropped" }),
  },
  { what: "list of bots", most: 1.3, ask: (of) => listFlows(of.admin, of.orgId) },
  { what: "versions of a bot", most: 1.3, ask: (of) => listVersions(of.admin, of.orgId, flowOf(of)) },
  { what: "why a bot said it", most: 1.3, ask: (of) => explainTicket(of.admin, of.orgId, of.newestTicket) },
  {
    what: "a ticket on the draft",
    most: 1.3,
    ask: (of) => replayTicket(of.admin, of.orgId, flowOf(of), of.newestNumber),
  },
  { what: "a new customer's first word", most: 1.3, ask: begin },
];

async function measure(of: BotHistory, times: number, taken: number[][]): Promise<void> {
  openDatabase(of.url, { maxConnections: 4 });
  for (const [place, { ask }] of QUESTIONS.entries()) {
    await ask(of);
    for (let n = 0; n < times; n++) {
      const from = performance.now();
      await ask(of);
      taken[place]?.push(performance.now() - from);
    }
  }
  await closeDatabase();
}

const worksOf = (asked: BotHistory) =>
  QUESTIONS.map(
    ({ ask }) =>
      () =>
        ask(asked),
  );

/** What figures and the trace ask, of an organisation whose bots are young and of one whose bots have talked for long. */
export const botHistory: Benchmark = {
  name: "bot-history",
  title: "Figures and traces of bots, with little behind them and with much",
  async run({ quick, say }) {
    const databases = await startBotDatabases({ durable: false });
    try {
      const histories: BotHistory[] = [];
      for (const days of DAYS) {
        const url = await databases.open(`bots_${days}`);
        histories.push(await makeHistory(url, { days, runsADay: quick ? QUICK_RUNS_A_DAY : RUNS_A_DAY }));
        await closeDatabase();
        say(`${histories.at(-1)?.runs.toLocaleString("en")} runs made`);
      }
      const [young, old] = histories as [BotHistory, BotHistory];
      const taken = histories.map(() => QUESTIONS.map(() => [] as number[]));
      for (let round = 0; round < ROUNDS; round++)
        for (const [place, one] of histories.entries()) await measure(one, quick ? 2 : 10, taken[place] ?? []);
      const plans = [await plansOf(young.url, worksOf(young)), await plansOf(old.url, worksOf(old))];
      return QUESTIONS.map(({ what, most }, place): Row => {
        const [few = [], many = []] = taken.map((one) => one[place] ?? []);
        return {
          what: `${what}, ${old.runs.toLocaleString("en")} runs, p50`,
          unit: "ms",
          ours: median(many),
          reference: { name: young.runs.toLocaleString("en"), value: median(few) },
          goal: most ? { most } : undefined,
          more: { p95_ms: percentile(many, 0.95).toFixed(1), p95_ms_reference: percentile(few, 0.95).toFixed(1) },
          plans: { small: plans[0]?.[place] ?? [], large: plans[1]?.[place] ?? [] },
        };
      });
    } finally {
      await databases.stop();
    }
  },
};
