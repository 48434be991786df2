import { GUEST } from "./guest";

/** What a browser keeps for reading without a network: a page's data, a conversation as it is on screen, a small picture. */
export type KeptKind = "page" | "thread" | "picture";

/** One thing kept, without its data. `at`: when it was last known to be so (ms); `size`: about how many bytes it takes. */
export type KeptEntry = {
  key: string;
  owner: string;
  kind: KeptKind;
  name: string;
  at: number;
  size: number;
  /** What a list of what can be read shows of it, and where it leads; none for what is read with something else. */
  title?: string;
  href?: string;
};

type Limits = { count: number; each: number; total: number };

const MB = 1024 * 1024;

/** Counts, and bytes: together no more than some 40 MB of a browser, of which most have gigabytes to give. */
export const LIMITS: Record<KeptKind, Limits> = {
  page: { count: 120, each: MB, total: 12 * MB },
  thread: { count: 60, each: MB, total: 12 * MB },
  picture: { count: 300, each: 128 * 1024, total: 16 * MB },
};

export const keyOf = ({ owner, kind, name }: Pick<KeptEntry, "owner" | "kind" | "name">) => `${owner} ${kind} ${name}`;

/** A guest's is kept whoever is signed in; an account's only while it is the one that is here. */
export const mayKeep = (owner: string, here: string | null): boolean => owner === GUEST || owner === here;

/** What must go for the sake of whoever is here now: all that belongs to another account, or to any if nobody is. */
export const foreignTo = (here: string | null, entries: readonly KeptEntry[]): KeptEntry[] =>
  entries.filter(({ owner }) => !mayKeep(owner, here));

/** Which of one kind are too many, or too much: the newest stay. */
export function surplus(kind: KeptKind, entries: readonly KeptEntry[]): KeptEntry[] {
  const { count, total } = LIMITS[kind];
  let bytes = 0;
  return entries
    .filter((entry) => entry.kind === kind)
    .sort((a, b) => b.at - a.at)
    .filter(({ size }, place) => {
      bytes += size;
      return place >= count || bytes > total;
    });
}

/** About how many bytes data take as text; too many to be kept where they are no plain data. */
export function sizeOf(data: unknown): number {
  try {
    return JSON.stringify(data).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
