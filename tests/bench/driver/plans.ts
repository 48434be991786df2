import pg from "pg";
import { closeDatabase, openDatabase } from "~/platform/db.server";

type Asked = { text: string; values: unknown[] };

/** What a work asks the database, a transaction after the other, with what begins, ends, scopes and sets up each. */
async function questionsOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked = new Map<pg.Client, Asked[]>();
  const plain = pg.Client.prototype.query;
  const listening = function (this: pg.Client, ...given: unknown[]) {
    const [first, second] = given as [string | { text: string; values?: unknown[] }, unknown];
    const text = typeof first === "string" ? first : first.text;
    const values = Array.isArray(second) ? second : typeof first === "string" ? [] : (first.values ?? []);
    const known = asked.get(this) ?? [];
    // Connections go on beside each other; each of them has one transaction at a time.
    if (QUESTION.test(text) || SETTING.test(text)) asked.set(this, [...known, { text, values }]);
    return Reflect.apply(plain, this, given);
  };
  pg.Client.prototype.query = listening as typeof plain;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = plain;
  }
  return [...asked.values()].flat();
}

const QUESTION = /^\s*(select|with)\b/i;
/** Which role asks, of whom, and how it is planned. */
const SETTING = /^\s*(begin|commit|rollback|set local|select set_config)\b/i;
const LONGEST_MS = 5_000;

/** EXPLAIN (ANALYZE, BUFFERS) of what was asked, each question within the settings in which it was. */
async function explain(url: string, asked: readonly Asked[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: `-c role=guazu_app` });
  await client.connect();
  try {
    const plans: string[] = [];
    for (const { text, values } of asked) {
      if (SETTING.test(text)) {
        await client.query(text, values);
        continue;
      }
      await client.query(`savepoint question; set local statement_timeout = ${LONGEST_MS}`);
      const analyzed = client.query(`explain (analyze, buffers) ${text}`, values);
      // What the product itself cuts off after its time, and asks of less, has no whole run to show.
      const { rows } = await analyzed.catch(async () => {
        await client.query("rollback to question");
        return client.query(`explain ${text}`, values);
      });
      plans.push(`${text}\n${rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n")}`);
    }
    return plans;
  } finally {
    await client.end();
  }
}

/** The plans of what each work asks of the database at an address. */
export async function plansOf(url: string, works: readonly (() => Promise<unknown>)[]): Promise<string[][]> {
  openDatabase(url, { maxConnections: 4 });
  const plans: string[][] = [];
  for (const work of works) plans.push(await explain(url, await questionsOf(work)));
  await closeDatabase();
  return plans;
}
