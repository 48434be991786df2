import { useCallback, useMemo, useRef, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** Marks or unmarks one; with `range`, all between it and the one marked before. */
  toggle: (id: string, range?: boolean) => void;
  set: (ids: readonly string[]) => void;
};

/** Which of a list's rows are marked, in the order on screen; those that left the list are no longer. */
export function useSelection(shown: readonly string[], most: number): Selection {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const latest = useRef(shown);
  latest.current = shown;
  const ids = useMemo(() => new Set(shown.filter((id) => marked.has(id)).slice(0, most)), [shown, marked, most]);
  const toggle = useCallback((id: string, range = false) => {
    const from = last.current;
    last.current = id;
    setMarked((old) => {
      const next = new Set(old);
      const [a, b] = [latest.current.indexOf(from ?? ""), latest.current.indexOf(id)];
      if (range && a >= 0 && b >= 0) {
        for (const one of latest.current.slice(Math.min(a, b), Math.max(a, b) + 1)) next.add(one);
      } else if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const set = useCallback((all: readonly string[]) => setMarked(new Set(all)), []);
  return { ids, toggle, set };
}
