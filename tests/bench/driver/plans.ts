import pg from "pg";

type Asked = { text: string; values: unknown[] };

/** What a work asks the database, in order; without what begins, ends and scopes transactions. */
export async function questionsOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const plain = pg.Client.prototype.query;
  const listening = function (this: pg.Client, ...given: unknown[]) {
    const [first, second] = given as [string | { text: string; values?: unknown[] }, unknown];
    const text = typeof first === "string" ? first : first.text;
    const values = Array.isArray(second) ? second : typeof first === "string" ? [] : (first.values ?? []);
    if (/^\s*(select|with)/i.test(text) && !/^\s*select set_config/i.test(text)) asked.push({ text, values });
    return Reflect.apply(plain, this, given);
  };
  pg.Client.prototype.query = listening as typeof plain;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = plain;
  }
  return asked;
}

const LONGEST_MS = 5_000;

/** EXPLAIN (ANALYZE, BUFFERS) of what was asked, as the role and in the organisation in which it was. */
export async function explain(url: string, scope: { orgId: string; accountId: string }, asked: readonly Asked[]) {
  const client = new pg.Client({
    connectionString: url,
    options: `-c role=guazu_app -c statement_timeout=${LONGEST_MS}`,
  });
  await client.connect();
  try {
    await client.query("select set_config('app.org_id', $1, false), set_config('app.account_id', $2, false)", [
      scope.orgId,
      scope.accountId,
    ]);
    const plans: string[] = [];
    for (const { text, values } of asked) {
      const analyzed = client.query(`explain (analyze, buffers) ${text}`, values);
      // What the product itself cuts off after its time, and asks of less, has no whole run to show.
      const { rows } = await analyzed.catch(() => client.query(`explain ${text}`, values));
      plans.push(`${text}\n${rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n")}`);
    }
    return plans;
  } finally {
    await client.end();
  }
}
