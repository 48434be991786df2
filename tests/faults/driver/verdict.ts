import type { Cluster } from "./cluster";
import type { Crowd } from "./crowd";
import type { Page } from "./peers/hub-peer";

type Row = { id: string; conversation_id: string; seq: number; client_id: string | null };

/** The rows of the crowd's conversations, in order. */
async function storedRows(cluster: Cluster, { conversations }: Crowd): Promise<Map<string, Row[]>> {
  const ids = conversations.map((id) => `'${id}'`).join();
  const rows = (await cluster.query(
    `select id, conversation_id, seq, client_id from message where conversation_id in (${ids}) order by conversation_id, seq`,
  )) as Row[];
  const stored = new Map<string, Row[]>(conversations.map((id) => [id, []]));
  for (const row of rows) stored.get(row.conversation_id)?.push(row);
  return stored;
}

const idsOf = ({ bySeq }: Page) => [...bySeq].sort(([a], [b]) => a - b).map(([, id]) => id);

/** How one reader's list differs from what is stored: it lacks or has too much, or has the same in another order. */
function compare(page: Page, rows: readonly Row[]): "equal" | "behind" | "reordered" {
  const read = idsOf(page);
  if (read.length === rows.length && rows.every(({ id }, place) => id === read[place])) return "equal";
  const known = new Set(read);
  return read.length === rows.length && rows.every(({ id }) => known.has(id)) ? "reordered" : "behind";
}

/** The jobs and files of section 2's I5 and I7; files do not exist in the product yet. */
async function unsettledJobs(cluster: Cluster): Promise<number> {
  const [row] = await cluster.query("select count(*)::int as open from outbox where state in ('waiting', 'sending')");
  return Number(row?.open);
}

export type Verdict = {
  stored: number;
  /** I1: acknowledged and not stored as acknowledged. */
  lost: number;
  /** I2: the same key stored twice. */
  dup: number;
  /** I2: conversations whose numbers have holes. */
  holes: number;
  /** I3: readers' lists that lack something, and those in another order. */
  behind: number;
  reordered: number;
  /** I4: sends without an answer; `dup` holds for them too. */
  unknown: number;
  /** I5: what should have left and neither did nor was given up. */
  unsettled: number;
  /** I6: words of another organisation that reached somebody. */
  foreign: number;
  errors_user_visible: number;
};

/** Compares what senders were told and what each reader has with what the database holds. I8 is the caller's. */
export async function judge(cluster: Cluster, crowd: Crowd): Promise<Verdict> {
  // What is acknowledged after this moment may be newer than the rows that are read next.
  const answers = crowd.journal.entries.flatMap(({ ref, answered }) => (answered ? [{ ref, ...answered }] : []));
  const stored = await storedRows(cluster, crowd);
  const byKey = new Map<string, Row[]>();
  for (const row of [...stored.values()].flat()) {
    if (row.client_id) byKey.set(row.client_id, [...(byKey.get(row.client_id) ?? []), row]);
  }
  const { entries } = crowd.journal;
  const kept = (ref: string, id: string, seq: number) =>
    byKey.get(ref)?.some((row) => row.id === id && row.seq === seq) === true;
  const lists = crowd.peers.flatMap(({ pages }) => [...pages].map(([id, page]) => compare(page, stored.get(id) ?? [])));
  const rows = [...stored.values()];
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
  return {
    stored: sum(rows.map((list) => list.length)),
    lost: answers.filter(({ ref, id, seq }) => !kept(ref, id, seq)).length,
    dup: [...byKey.values()].filter((same) => same.length > 1).length,
    holes: rows.filter((list) => list.some(({ seq }, place) => seq !== place + 1)).length,
    behind: lists.filter((how) => how === "behind").length,
    reordered: lists.filter((how) => how === "reordered").length + sum(crowd.peers.map(({ seen }) => seen.moved)),
    unknown: entries.filter(({ answered, refused }) => !answered && !refused).length,
    unsettled: await unsettledJobs(cluster),
    foreign: sum(crowd.peers.map(({ seen }) => seen.foreign)),
    errors_user_visible: entries.filter(({ refused }) => refused !== undefined).length,
  };
}
