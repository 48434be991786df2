import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { countUsed, findQuota } from "./file-use.server";

/**
 * That an organisation's files fit its quota, asked after what is new was written and before it is committed. Who asks
 * waits for who asked before, and then sees what that one wrote: no two pass together.
 * @param added how many of the bytes are new, so that the refusal tells what is there without them
 * @param tells whether the refusal may say the figures
 * @throws AppError `file_quota_exceeded` (413), with `{ used, allowed }` in bytes for whom they are
 */
export async function requireRoom(tx: Tx, orgId: string | null | undefined, added: number, tells: boolean) {
  const quota = orgId ? await findQuota(tx, orgId) : null;
  if (!orgId || quota === null) return;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`files:${orgId}`}, 0))`);
  const used = await countUsed(tx, orgId);
  if (used <= quota) return;
  const data = tells ? { used: used - added, allowed: quota } : undefined;
  throw new AppError("file_quota_exceeded", 413, { data });
}
