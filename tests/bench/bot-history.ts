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
import { closeDatabase } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import type { Benchmark } from "./benchmark";
import { compareSizes } from "./driver/compare-sizes";
import { startBotDatabases } from "./subject/bot-database";
import { type BotHistory, makeHistory } from "./subject/bot-history";

/** As many runs in the last month in both, and twenty times as many in all: 200,000 runs of 1,000,000 stays. */
const DAYS = [30, 600] as const;
const RUNS_A_DAY = 334;
const QUICK_RUNS_A_DAY = 4;

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
      return await compareSizes({
        ...{ small: young, large: old, times: quick ? 2 : 10 },
        size: ({ runs }) => `${runs.toLocaleString("en")} runs`,
        questions: QUESTIONS,
      });
    } finally {
      await databases.stop();
    }
  },
};
