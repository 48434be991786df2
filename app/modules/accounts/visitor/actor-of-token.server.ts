import { sql } from "drizzle-orm";
import { createGather } from "~/platform/waiting/gather";
import type { AccountActor } from "../actor";
import { hashSecret, sameSecret } from "../identity/secret.server";
import { loadTokens, note, type TokenHolder } from "./load-actors.server";

const API_TOKEN = /^gza_[A-Za-z0-9_-]{43}$/;
const USED_EVERY_MS = 60_000;
const MAX_BATCH = 500;

/** Many who come at once, as after a restart, are looked up together. */
const holderOf = createGather<string, TokenHolder | null>({
  async run(_, hashes) {
    const holders = await loadTokens(sql`t.token_hash = any(${sql.param([...new Set(hashes)])}::text[])`);
    await noteUse(holders);
    return hashes.map((hash) => holders.find((holder) => sameSecret(holder.tokenHash, hash)) ?? null);
  },
  maxBatch: MAX_BATCH,
  maxRunning: 4,
});

async function noteUse(holders: readonly TokenHolder[]): Promise<void> {
  const due = holders.filter((holder) => Date.now() - (holder.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS);
  if (due.length === 0) return;
  const ids = sql.param(due.map((holder) => holder.tokenId));
  await note(sql`update api_token set last_used_at = now()
    where id = any(${ids}::uuid[]) and (last_used_at is null or last_used_at < now() - interval '1 minute')`);
}

/**
 * The member as whom an API token (`gza_…`) acts, in its organisation alone; null for what is no living token.
 * @throws AppError `unavailable`
 */
export async function actorOfToken(rawToken: string): Promise<AccountActor | null> {
  if (!API_TOKEN.test(rawToken)) return null;
  const hash = hashSecret(rawToken);
  // Lanes, so that no query that hangs holds up everybody.
  return (await holderOf(String(hash.charCodeAt(0) % 4), hash))?.actor ?? null;
}
