/** One or two capital letters that stand for a name; a question mark where it has neither letter nor digit. */
export function initialsOf(name: string): string {
  const firsts = name
    .normalize("NFC")
    .split(/[\s._-]+/u)
    .flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  const last = firsts.length > 1 ? firsts.at(-1) : "";
  return `${firsts[0] ?? "?"}${last}`.toUpperCase();
}

/** A number from 0 to `count - 1` that is always the same for the same id, and spread evenly over ids. */
export function stableIndex(id: string, count: number): number {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return (hash >>> 0) % count;
}
