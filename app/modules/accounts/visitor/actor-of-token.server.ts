import { sql } from "drizzle-orm";
import type { AccountActor } from "../actor";
import { hashSecret, sameSecret } from "../identity/secret.server";
import { loadTokens, note } from "./load-actors.server";

const API_TOKEN = /^gza_[A-Za-z0-9_-]{43}$/;
const USED_EVERY_MS = 60_000;

/**
 * The member as whom an API token (`gza_…`) acts, in its organisation alone; null for what is no living token.
 * @throws AppError `unavailable`
 */
export async function actorOfToken(rawToken: string): Promise<AccountActor | null> {
  if (!API_TOKEN.test(rawToken)) return null;
  const tokenHash = hashSecret(rawToken);
  const [holder] = await loadTokens(sql`t.token_hash = ${tokenHash}`);
  if (!holder || !sameSecret(holder.tokenHash, tokenHash)) return null;
  if (Date.now() - (holder.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS) {
    await note(sql`update api_token set last_used_at = now()
      where id = ${holder.tokenId} and (last_used_at is null or last_used_at < now() - interval '1 minute')`);
  }
  return holder.actor;
}
