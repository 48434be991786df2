import { getBoard, getReport } from "~/modules/reports/index.server";
import { searchContacts, searchMessages } from "~/modules/search/index.server";
import {
  countTickets,
  getInbox,
  getTicketDesk,
  listAssignees,
  listTickets,
  type TicketFilter,
} from "~/modules/tickets/index.server";
import type { Benchmark } from "./benchmark";
import { compareSizes } from "./driver/compare-sizes";
import { type Desk, startDesks } from "./subject/desk-world";

/** Tickets of the small and of the large desk; `DESK_SIZES=10000,1000000` asks for others. */
const SIZES = [10_000, 200_000];
const QUICK_SIZES = [500, 2_000];
const PAGE = 40;

type Who = "admin" | "agent";
type Question = { what: string; who: Who; most?: number; ask: (desk: Desk) => Promise<unknown> };

const list = (what: string, who: Who, filter: TicketFilter, most = 1.3): Question => ({
  what: `list, ${what}`,
  who,
  most,
  ask: (desk) => listTickets(desk[who], desk.orgId, filter, { limit: PAGE }),
});

async function secondPage(desk: Desk) {
  const first = await listTickets(desk.admin, desk.orgId, { view: "closed" }, { limit: PAGE });
  return listTickets(desk.admin, desk.orgId, { view: "closed" }, { limit: PAGE, cursor: first.nextCursor });
}

async function openNewest(desk: Desk) {
  const { tickets } = await listTickets(desk.admin, desk.orgId, { view: "open" }, { limit: 1 });
  return getTicketDesk(desk.admin, tickets[0]?.id ?? "");
}

const words = (what: string, who: Who, q: string): Question => ({
  what: `search of messages, ${what}`,
  who,
  most: 3,
  ask: (desk) => searchMessages(desk[who], desk.orgId, { q, limit: PAGE }),
});
const misspelt = (desk: Desk) => searchContacts(desk.admin, desk.orgId, { q: "cleinte 77", limit: PAGE });

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
/** The hours of a busy desk have more rows than those of a quiet one: no goal, for information. */
const report = (name: string, days: number): Question => ({
  what: `report, ${name} of ${days} days`,
  who: "admin",
  ask: (desk) => getReport(desk.admin, desk.orgId, { name, from: day(days - 1), to: day(0) }),
});

const QUESTIONS: readonly Question[] = [
  list("open", "admin", { view: "open" }),
  list("open", "agent", { view: "open" }),
  list("queue", "admin", { view: "queue" }),
  list("queue", "agent", { view: "queue" }),
  list("mine", "agent", { view: "mine" }),
  list("closed", "admin", { view: "closed" }),
  list("closed", "agent", { view: "closed" }),
  list("all", "admin", { view: "all" }),
  list("waiting for the agent", "admin", { view: "open", waitingOn: "agent" }),
  list("urgent", "admin", { view: "open", priority: "urgent" }),
  { what: "list, closed, two pages", who: "admin", most: 1.3, ask: secondPage },
  {
    what: "the whole inbox",
    who: "admin",
    most: 1.3,
    ask: (desk) => getInbox(desk.admin, desk.orgId, { view: "open" }),
  },
  {
    what: "the whole inbox",
    who: "agent",
    most: 1.3,
    ask: (desk) => getInbox(desk.agent, desk.orgId, { view: "queue" }),
  },
  { what: "counters", who: "admin", most: 1.3, ask: (desk) => countTickets(desk.admin, desk.orgId) },
  { what: "counters", who: "agent", most: 1.3, ask: (desk) => countTickets(desk.agent, desk.orgId) },
  { what: "agents and what they have", who: "admin", most: 1.3, ask: (desk) => listAssignees(desk.admin, desk.orgId) },
  { what: "open the newest ticket", who: "admin", most: 1.3, ask: openNewest },
  list("search by a name", "admin", { q: "cliente 77" }, 3),
  list("search by a name that nobody has", "admin", { q: "nadie" }, 3),
  list("search by a number", "admin", { q: "77" }, 3),
  words("a word of every tenth", "admin", "amoladoras"),
  words("a word of every tenth", "agent", "amoladoras"),
  words("two words that stand in no message together", "admin", "amoladora posadas"),
  words("a word that nobody wrote", "admin", "hipopótamo"),
  { what: "search, a name with a slip", who: "admin", most: 3, ask: misspelt },
  { what: "board", who: "admin", most: 1.3, ask: (desk) => getBoard(desk.admin, desk.orgId) },
  report("volume", 30),
  report("volume", 365),
  report("first_reply", 30),
];

/** Two sizes of the same desk, asked in turn. */
export const desk: Benchmark = {
  name: "desk",
  title: "The desk, with few tickets and with many",
  async run({ quick, say }) {
    const asked = process.env.DESK_SIZES?.split(",").map(Number);
    const { desks, stop } = await startDesks(asked ?? (quick ? QUICK_SIZES : SIZES), say);
    try {
      const [small, large] = desks as [Desk, Desk];
      return await compareSizes({
        ...{ small, large, times: quick ? 2 : 20 },
        size: ({ tickets }) => `${tickets.toLocaleString("en")} tickets`,
        questions: QUESTIONS.map(({ what, who, ...rest }) => ({ what: `${what} (${who})`, ...rest })),
      });
    } finally {
      await stop();
    }
  },
};
