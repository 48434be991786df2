import { database } from "~/platform/db.server";

const EVERY_MS = 1_000;
const PATIENCE_MS = 2_500;

/**
 * Whether this process can serve: asks the database every second by the pool that requests use, so that a database
 * that is away and a pool that is exhausted both show. `answers` never waits.
 */
export function watchDatabase(): { answers: () => boolean; stop: () => void } {
  let lastAnswer = performance.now();
  let asking = false;
  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      await database().pool.query("select 1");
      lastAnswer = performance.now();
    } catch {
      // What the silence means is said by `answers`; those who ask the database themselves log why.
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => void ask(), EVERY_MS);
  timer.unref();
  return {
    answers: () => performance.now() - lastAnswer < PATIENCE_MS,
    stop: () => clearInterval(timer),
  };
}
