import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { moveClock } from "~/platform/clock";
import { asSystem } from "~/platform/db.server";
import { rows } from "../../../tests/support/data/rows";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../tests/support/world";
import { undoClose, updateTicket } from "../tickets/index.server";
import { STEP_ENDS } from "./duration-scale";
import { getReport } from "./get-report.server";
import { recountFrom, rollUp } from "./roll-up.server";

withProduct();
afterEach(() => moveClock(0));

const HOUR_MS = 3_600_000;
/** The same numbers in the same order for a seed. */
function chances(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

async function act(world: World, customers: readonly Customer[], chance: (below: number) => number) {
  const customer = customers[chance(customers.length)] as Customer;
  const { id, state, area } = await ticketOf(world, customer.conversationId);
  const member = area.id === world.areas.sales ? world.agent : world.other;
  const deeds = [
    () => customer.writes("¿Y el pedido?"),
    () => customer.writes("¿Sale hoy?"),
    () => memberWrites(member, customer.conversationId, "Sale hoy."),
    () => memberWrites(member, customer.conversationId, "nota", { visibility: "staff" }),
    () => updateTicket(world.admin, id, { tags: chance(2) ? ["envío", "reclamo"] : ["reclamo"] }),
    () => updateTicket(world.admin, id, { areaId: chance(2) ? world.areas.support : world.areas.sales }),
    () => updateTicket(world.admin, id, { state: "closed", reason: [null, "resuelto", "solved"][chance(3)] }),
    () => updateTicket(world.admin, id, { state: "open" }),
    () => updateTicket(world.admin, id, { state: "closed" }).then(() => undoClose(world.admin, id)),
  ];
  const deed = deeds[chance(deeds.length)] as () => Promise<unknown>;
  // What the state of the ticket does not allow is refused, and counts nowhere.
  await deed().catch((error: { status?: number }) => {
    if (!error.status || error.status >= 500) throw error;
  });
  return state;
}

/** Counts all that is committed by now: not before what other tests of the same server have under way is ended. */
async function rollUpAll() {
  const at = async (edge: "xmin" | "xmax") => {
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ xid: string }>(sql`select ${sql.raw(`pg_snapshot_${edge}`)}(pg_current_snapshot())::text as xid`),
    );
    return BigInt(rows[0]?.xid ?? 0);
  };
  const all = await at("xmax");
  await expect.poll(() => at("xmin"), { timeout: 20_000 }).toBeGreaterThanOrEqual(all);
  await rollUp();
}

type Stored = { hour: Date; metric: string; key: string; count: number; total: string; steps: number[] };

const stored = async (orgId: string) =>
  (
    await rows<Stored>(sql`select hour, metric, concat_ws(' ', coalesce(area_id::text, '-'), coalesce(member_id::text, '-'),
      coalesce(channel_id::text, '-'), coalesce(tag, '-')) as key, count, total, steps from report_hour where org_id = ${orgId}`)
  )
    .map((row) => `${new Date(row.hour).toISOString()} ${row.metric} ${row.key} ${row.count} ${row.total} ${row.steps}`)
    .sort();

type Line = {
  ticket_id: string;
  kind: string;
  at: Date;
  area_id: string;
  assignee_id: string | null;
  before: { assignee_id?: string | null; state?: string } | null;
  after: { state?: string; tags?: string[] } | null;
  reason: string | null;
  channel_id: string;
  opened_at: Date;
};
type Said = {
  ticket_id: string;
  conversation_id: string;
  seq: number;
  author_kind: string;
  author_id: string | null;
  at: Date;
  channel_id: string;
  opened_at: Date;
  first_reply_at: Date | null;
};
type Fact = { metric: string; at: Date; key: (string | null | undefined)[]; total?: number };

const seconds = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000 - 1e-9));
const byPerson = ({ author_kind: kind }: Said) => kind === "member" || kind === "device";

/** The same figures, counted one by one from what happened, in another way than the product's. */
async function countOneByOne(orgId: string): Promise<string[]> {
  const lines =
    await rows<Line>(sql`select e.ticket_id, e.kind, e.created_at as at, e.area_id, e.assignee_id, e.before, e.after,
    e.reason, t.channel_id, t.opened_at from ticket_event e join ticket t on t.id = e.ticket_id where e.org_id = ${orgId}
    order by e.created_at, e.id`);
  const said =
    await rows<Said>(sql`select m.ticket_id, m.conversation_id, m.seq, m.author_kind, m.author_id, m.created_at as at,
    m.channel_id, t.opened_at, t.first_reply_at from message m join ticket t on t.id = m.ticket_id
    where m.org_id = ${orgId} and m.visibility = 'public' order by m.conversation_id, m.seq`);
  const facts = [
    ...lines.flatMap((line) =>
      factsOfLine(
        line,
        lines.filter((other) => other.ticket_id === line.ticket_id),
      ),
    ),
    ...said.flatMap((one) => factsOfWords(one, said, lines)),
  ];
  const sums = new Map<string, { count: number; total: number; steps: number[] }>();
  for (const { metric, at, key, total = 0 } of facts) {
    const hour = new Date(Math.floor(new Date(at).getTime() / HOUR_MS) * HOUR_MS).toISOString();
    const name = `${hour} ${metric} ${key.map((part) => part ?? "-").join(" ")}`;
    const sum = sums.get(name) ?? { count: 0, total: 0, steps: [] };
    sum.count++;
    sum.total += total;
    if (["resolution", "first_reply", "waited"].includes(metric)) {
      if (sum.steps.length === 0) sum.steps = Array<number>(STEP_ENDS.length + 1).fill(0);
      const place = STEP_ENDS.findIndex((end) => total <= end);
      const step = place === -1 ? STEP_ENDS.length : place;
      sum.steps[step] = (sum.steps[step] ?? 0) + 1;
    }
    sums.set(name, sum);
  }
  return [...sums].map(([name, { count, total, steps }]) => `${name} ${count} ${total} ${steps}`).sort();
}

function factsOfLine(line: Line, all: readonly Line[]): Fact[] {
  const { kind, at, area_id: area, channel_id: channel, before, after, reason } = line;
  const closer = before?.assignee_id;
  const plain = (metric: string, member: string | null | undefined, tag?: string | null, total?: number): Fact => ({
    metric,
    at,
    key: [area, member, channel, tag],
    total,
  });
  if (kind === "opened") {
    return [plain("opened", line.assignee_id), ...(after?.state === "bot" ? [plain("opened_bot", null)] : [])];
  }
  if (reason === "undone" || all[all.indexOf(line) + 1]?.reason === "undone") return [];
  if (kind === "reopened") return [plain("reopened", line.assignee_id)];
  if (kind !== "closed") return [];
  return [
    plain("closed", closer),
    plain("resolution", closer, null, seconds(new Date(line.opened_at), new Date(at))),
    ...(before?.state === "bot" ? [plain("closed_bot", line.assignee_id)] : []),
    ...(after?.tags ?? []).map((tag) => plain("closed_tag", closer, tag)),
    ...(reason ? [plain("closed_reason", closer, reason === "resuelto" ? "other" : reason)] : []),
  ];
}

function factsOfWords(one: Said, all: readonly Said[], lines: readonly Line[]): Fact[] {
  const earlier = all.filter((other) => other.conversation_id === one.conversation_id && other.seq < one.seq);
  const area = lines.filter((line) => line.ticket_id === one.ticket_id && line.at <= one.at).at(-1)?.area_id;
  const fact = (metric: string, member: string | null, total?: number): Fact => ({
    metric,
    at: one.at,
    key: [area, member, one.channel_id, null],
    total,
  });
  if (one.author_kind === "contact") return [fact("received", null)];
  if (!byPerson(one)) return [];
  const answered = earlier.filter(byPerson).at(-1)?.seq ?? 0;
  const asked = earlier.find((o) => o.seq > answered && o.author_kind === "contact" && o.ticket_id === one.ticket_id);
  const isFirst = one.first_reply_at && new Date(one.first_reply_at).getTime() === new Date(one.at).getTime();
  return [
    fact("sent", one.author_id),
    ...(asked ? [fact("waited", one.author_id, seconds(new Date(asked.at), new Date(one.at)))] : []),
    ...(isFirst && earlier.some((o) => o.author_kind === "contact" && o.ticket_id === one.ticket_id)
      ? [fact("first_reply", one.author_id, seconds(new Date(one.opened_at), new Date(one.at)))]
      : []),
  ];
}

describe("the reports' hours", () => {
  it("equal a count of what happened, however often they were brought up to it, and when counted anew", async () => {
    const world = await makeWorld();
    const chance = chances(20_261_126);
    const customers = await Promise.all(Array.from({ length: 6 }, (_, n) => makeCustomer(world, `Cliente ${n}`)));
    for (const customer of customers) await customer.writes("Hola");
    let clock = 0;
    for (let n = 0; n < 160; n++) {
      clock += chance(25 * 60_000);
      moveClock(clock);
      await act(world, customers, chance);
      if (chance(20) === 0) await rollUp();
    }
    await rollUpAll();
    const counted = await stored(world.orgId);
    expect(counted).toEqual(await countOneByOne(world.orgId));
    const seen = new Set(counted.map((line) => line.split(" ")[1]));
    expect([...seen].sort()).toEqual(
      [
        "closed",
        "closed_reason",
        "closed_tag",
        "first_reply",
        "opened",
        "received",
        "reopened",
        "resolution",
        "sent",
        "waited",
      ].sort(),
    );
    await asSystem("test", (tx) => tx.execute(sql`delete from report_hour`));
    await asSystem("test", (tx) => recountFrom(tx, new Date(Date.now() - HOUR_MS)));
    await rollUp();
    expect(await stored(world.orgId)).toEqual(counted);
  });

  it("say the same whatever they are parted by, in the organisation's days, and to agents of their areas", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("Hola");
    moveClock(90_000);
    await memberWrites(world.agent, rosa.conversationId, "Buenas");
    await rollUpAll();
    // A day more on each side: the test may run at midnight.
    const day = (move: number) => new Date(Date.now() + move * 24 * HOUR_MS).toISOString().slice(0, 10);
    const span = { from: day(-1), to: day(1) };
    for (const group of ["day", "hour", "hour_of_week", "area", "agent", "channel"]) {
      const { total, rows: parts } = await getReport(world.admin, world.orgId, { name: "first_reply", group, ...span });
      expect(total.first_reply, group).toMatchObject({ count: 1, average: expect.closeTo(90, -1) });
      expect(parts, group).toHaveLength(1);
    }
    const byArea = await getReport(world.agent, world.orgId, { name: "volume", group: "area", ...span });
    expect(byArea.rows.map(({ name, values }) => [name, values.opened?.count])).toEqual([["Ventas", 1]]);
    const other = await getReport(world.other, world.orgId, { name: "volume", ...span });
    expect(other.rows).toEqual([]);
  });

  it("are refused for what they cannot say (TG5)", async () => {
    const world = await makeWorld();
    const stranger = await makeWorld();
    const ask = (query: object, actor = world.admin) =>
      getReport(actor, world.orgId, { name: "volume", from: "2026-01-01", to: "2026-01-31", ...query }).then(
        () => "answered",
        (error: { code: string }) => error.code,
      );
    expect(await ask({ from: "1926-01-01" })).toBe("report_too_long");
    expect(await ask({ from: "2026-02-01" })).toBe("report_days_reversed");
    for (const from of ["ayer", "2026-02-31", "0000-01-01"]) expect(await ask({ from })).toBe("report_day_invalid");
    expect(await ask({ group: "hour; drop table ticket" })).toBe("report_group_unknown");
    expect(await ask({ name: "constructor" })).toBe("not_found");
    expect(await ask({}, stranger.admin)).toBe("not_found");
    expect(await ask({ group: "hour" })).toBe("answered");
  });
});
