import { sql } from "drizzle-orm";
import { databaseErrorCode, inScopeAside, type Scope, type SidePool, type Tx } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { createFairShare } from "~/platform/waiting/fair-share";

/** However many look for something, they share these, and everything else has its own. */
const POOL: SidePool = { name: "search", connections: 4, statementMs: 3_000, waitMs: 2_000 };
/** Of one person in this process. A person who writes on has left the earlier questions behind. */
const MOST_AT_ONCE = 4;
/** Of one organisation, or of one person in chats that are no organisation's: the last connection is always another's. */
const inShare = createFairShare(3);
const CANCELLED = "57014";

const running = new Map<string, number>();

/**
 * Runs a search in its reader's scope, on the searches' own connections. `by` is who asks: an account's id, or a guest's
 * conversation.
 * @throws AppError `search_too_slow` (503) where a statement took over three seconds, `search_busy` (429) where the person
 * has four under way
 */
export async function searching<T>(
  by: string,
  scope: Scope,
  work: (tx: Tx, now: Date) => Promise<T>,
  pool: SidePool = POOL,
): Promise<T> {
  const before = running.get(by) ?? 0;
  if (before >= MOST_AT_ONCE) throw new AppError("search_busy", 429, { retryable: true });
  running.set(by, before + 1);
  try {
    return await inShare(scope.orgId ?? by, () => inSearchScope(pool, scope, work));
  } catch (error) {
    if (error instanceof AppError && databaseErrorCode(error.cause) === CANCELLED)
      throw new AppError("search_too_slow", 503, { retryable: true, cause: error });
    throw error;
  } finally {
    const left = (running.get(by) ?? 1) - 1;
    if (left > 0) running.set(by, left);
    else running.delete(by);
  }
}

const inSearchScope = <T>(pool: SidePool, scope: Scope, work: (tx: Tx, now: Date) => Promise<T>): Promise<T> =>
  inScopeAside(pool, scope, async (tx, now) => {
    // To cut a text into words is dearer than the planner takes it for.
    await tx.execute(sql`select set_config('cpu_operator_cost', '1', true), set_config('enable_seqscan', 'off', true)`);
    return work(tx, now);
  });
