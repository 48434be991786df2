import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";

type Line = { kind: string } | { kind: "message"; message: { seq: number } };
export type Block = { key: number; from: number; to: number };

const BLOCK = 20;
/** So many lines are held: the first may be the day's, which goes when more of its day comes, or taken back. */
const HELD = 3;

/**
 * Lines in blocks of about twenty, the same whatever is loaded around them. A block comes as one element: who watches the
 * page (Remix looks for links in whatever is added) is told once, not for every line.
 */
export function blocksOf(entries: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  for (const [at, entry] of entries.entries()) {
    if (!("message" in entry)) continue;
    const key = Math.floor(entry.message.seq / BLOCK);
    const last = blocks.at(-1);
    if (last?.key === key) last.to = at + 1;
    else blocks.push({ key, from, to: at + 1 });
    from = at + 1;
  }
  const last = blocks.at(-1);
  if (last) last.to = entries.length;
  return last || entries.length === 0 ? blocks : [{ key: 0, from: 0, to: entries.length }];
}

/** Every line of a thread is one element. They stand in blocks, in the one log that its scroll holds. */
const blocksIn = (box: Element): HTMLCollection | undefined => box.firstElementChild?.children;
const nth = (elements: HTMLCollection | undefined, index: number) => elements?.[index] as HTMLElement | undefined;

/** Which of them, one below the other, a height falls on. */
function indexAt(elements: HTMLCollection | undefined, top: number): number {
  let [low, high] = [0, (elements?.length ?? 0) - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((nth(elements, middle)?.offsetTop ?? 0) <= top) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function lineAt(box: Element, index: number): HTMLElement | undefined {
  let left = index;
  for (const block of blocksIn(box) ?? []) {
    if (left < block.childElementCount) return nth(block.children, left);
    left -= block.childElementCount;
  }
  return undefined;
}

/** The first line that is in sight. */
export function firstInSight(box: Element): number {
  const blocks = blocksIn(box);
  const at = indexAt(blocks, box.scrollTop);
  let before = 0;
  for (let n = 0; n < at; n++) before += nth(blocks, n)?.childElementCount ?? 0;
  return before + indexAt(nth(blocks, at)?.children, box.scrollTop);
}

const useEarlyEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * Keeps what is in sight where it is while lines come, go or change above it. Browsers can (`overflow-anchor`), but not all
 * of them, and none at the very begin. `look` is to be called when the reader has moved, `hold` when something has grown.
 */
export function useHeldLines(box: RefObject<HTMLElement | null>) {
  const seen = useRef<{ line: HTMLElement; top: number }[]>([]);
  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const first = firstInSight(element);
    const lines = Array.from({ length: HELD }, (_, n) => lineAt(element, first + n));
    seen.current = lines.flatMap((line) => (line ? [{ line, top: line.offsetTop }] : []));
  }, [box]);
  const hold = useCallback(() => {
    // Without a parent it is gone, or hidden.
    const held = seen.current.find(({ line }) => line.offsetParent);
    const moved = held ? held.line.offsetTop - held.top : 0;
    if (moved === 0) return;
    box.current?.scrollBy({ top: moved, behavior: "instant" });
    look();
  }, [box, look]);
  useEarlyEffect(hold);
  return { look, hold };
}
