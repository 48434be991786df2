import { useCallback, useEffect, useState } from "react";

/** A notice stands this long; whoever goes on writing renews it. */
const STANDS_MS = 5_000;

type Typist = { id: string; name: string; until: number };

/** Who else is writing in the conversation now; a message of theirs ends it. */
export function useTypists(accountId: string): {
  names: readonly string[];
  hear: (event: string, data: unknown) => void;
  /** Somebody of this name has sent what they wrote. */
  sent: (name: string) => void;
} {
  const [typists, setTypists] = useState<readonly Typist[]>([]);
  useEffect(() => {
    if (typists.length === 0) return;
    const next = Math.min(...typists.map((one) => one.until)) - Date.now();
    const timer = setTimeout(() => setTypists((all) => all.filter((one) => one.until > Date.now())), Math.max(0, next));
    return () => clearTimeout(timer);
  }, [typists]);
  const hear = useCallback(
    (event: string, data: unknown) => {
      if (event !== "typing") return;
      const { who } = data as { who?: { id: string | null; name: string } };
      if (!who?.id || who.id === accountId) return;
      const { id, name } = who;
      setTypists((all) => [...all.filter((one) => one.id !== id), { id, name, until: Date.now() + STANDS_MS }]);
    },
    [accountId],
  );
  const sent = useCallback((name: string) => setTypists((all) => all.filter((one) => one.name !== name)), []);
  return { names: typists.map((one) => one.name), hear, sent };
}
