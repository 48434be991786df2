/** Where a page begins: below this moment, and at it below this id. */
type Place = { at: Date; id: string };

/** `span`: a stretch as `search_spans` names it; null for all that lies behind. */
export type Window = { span: number | null; below: Place; cut: number; limit: number };
type Looked<T> = { raw: number; found: T[] };

/** Stretches of 2^9, 2^14, 2^19 and 2^24 seconds, as `search_spans` names them, and one of all that there is. */
const EXPONENTS = [9, 14, 19, 24, 29] as const;
const WIDEST = EXPONENTS.length - 1;
/** So much in one stretch is looked through; what holds more is parted. */
const MOST_AT_ONCE = 4_000;
/** The narrowest stretch is looked through whole, within the time of a statement. */
const UNBOUND = 1_000_000;
/** So much for one page; what lies behind comes with the next. */
const MOST_IN_ALL = 20_000;
const MOST_MS = 1_500;
/** Nothing was written before. */
const FIRST = Date.UTC(2015, 0, 1);
/** Below every id. */
export const ZERO = "00000000-0000-4000-8000-000000000000";

/**
 * Looks back in time through stretches that grow while little is found in them, so that what a page costs depends on the
 * page and not on how much lies behind it.
 * @returns the newest found first; `behind` is how far it looked where there is more to look through
 */
export async function walkBack<T>(
  { start, floor = new Date(FIRST), limit }: { start: Place; floor?: Date; limit: number },
  look: (window: Window) => Promise<Looked<T>>,
  clock: () => number = () => performance.now(),
): Promise<{ found: T[]; behind: Place | null }> {
  const found: T[] = [];
  const began = clock();
  let [below, level, through] = [start, 0, 0];
  while (below.at > floor && found.length < limit) {
    if (through > MOST_IN_ALL || clock() - began > MOST_MS) return { found, behind: below };
    const width = 2 ** (EXPONENTS[level] ?? 0);
    const number = numberOf(below, width);
    const cut = level === 0 ? UNBOUND : MOST_AT_ONCE;
    const lookedAt = clock();
    const span = level === WIDEST ? null : number * 4 + level;
    const { raw, found: seen } = await look({ span, below, cut, limit: limit - found.length });
    through += raw;
    if (raw >= cut && level > 0) {
      level -= 1;
      continue;
    }
    found.push(...seen);
    if (level === WIDEST) break;
    below = { at: new Date(number * width * 1_000), id: ZERO };
    if (raw < limit && level < WIDEST && isQuick(level, clock() - lookedAt)) level += 1;
  }
  return { found, behind: null };
}

/** Two words that hardly ever stand together cost the more, the wider the stretch: that much wider it must still be in time. */
const isQuick = (level: number, ms: number) =>
  ms * 2 ** ((EXPONENTS[level + 1] ?? 0) - (EXPONENTS[level] ?? 0)) <= MOST_MS;

/** The stretch that holds what lies right below a place. */
const numberOf = ({ at, id }: Place, width: number) =>
  Math.floor((at.getTime() - (id === ZERO ? 1 : 0)) / 1_000 / width);
