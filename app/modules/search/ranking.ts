import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";

/** How well something fits, whole, of at most eight figures, and when it was (ms). */
export type Ranked = { score: number; at: number; id: string };

const CURSOR = /^(\d{1,8})\.(\d{1,13})\.([0-9a-f-]{36})$/;

/** The best first; of those that fit as well the newest. */
export const byRank = (a: Ranked, b: Ranked): number =>
  b.score - a.score || b.at - a.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** A page of what was ranked, below the place that a cursor names. @throws AppError `cursor_invalid` (422) */
export function pageOf<T extends Ranked>(
  all: readonly T[],
  { cursor, limit }: { cursor?: string | null; limit: number },
): { shown: T[]; nextCursor: string | null } {
  const after = placeOf(cursor);
  const sorted = [...all].sort(byRank);
  const rest = after ? sorted.filter((one) => byRank(one, after) > 0) : sorted;
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return { shown, nextCursor: rest.length > limit && last ? `${last.score}.${last.at}.${last.id}` : null };
}

function placeOf(cursor: string | null | undefined): Ranked | null {
  if (!cursor) return null;
  const [, score, at, id] = CURSOR.exec(cursor) ?? [];
  if (!isUuid(id)) throw invalid("cursor_invalid");
  return { score: Number(score), at: Number(at), id };
}
