import pg from "pg";
import { SettingError } from "../env.server";

const OLDEST = 15;
/** What a commit means hangs on these: with one of them off, a crash can take back what was acknowledged. */
const DURABILITY = ["fsync", "full_page_writes", "synchronous_commit"];
/**
 * Said by a server itself that it holds nothing worth keeping, as the tests' own do. It is no setting of the product:
 * who runs a real database has to set it there, beside the very switch that it excuses.
 */
export const THROWAWAY = "guazu.throwaway";

type Facts = { version: number; shown: string; off: string[]; throwaway: string | null };

/** What speaks against a server, as one line, or undefined. */
export function findFault({ version, shown, off, throwaway }: Facts): string | undefined {
  if (Math.floor(version / 10_000) < OLDEST) return `PostgreSQL ${OLDEST} or newer is needed (this one is ${shown})`;
  if (off.length === 0 || throwaway === "on") return undefined;
  const which = off.map((name) => `${name}=off`).join(", ");
  return `PostgreSQL runs with ${which}: a crash would lose messages that were acknowledged. Turn it on there, then start again`;
}

/**
 * Refuses a PostgreSQL that is too old, or that does not keep what it committed.
 * @throws SettingError with one line; the driver's own error when the server cannot be reached
 */
export async function checkPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "guazu-check" });
  await client.connect();
  try {
    const { rows } = await client.query<Facts>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown,
         current_setting($2, true) as throwaway,
         array(select name from unnest($1::text[]) name where current_setting(name) = 'off') as off`,
      [DURABILITY, THROWAWAY],
    );
    const fault = rows[0] && findFault(rows[0]);
    if (fault) throw new SettingError(fault);
  } finally {
    await client.end();
  }
}
