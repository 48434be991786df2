/** A short id that is not taken: `text_1`, `text_2`. */
export function freshId(base: string, taken: ReadonlySet<string>): string {
  const stem = base.replace(/_\d+$/, "").slice(0, 34);
  for (let n = 1; ; n++) {
    const id = `${stem}_${n}`;
    if (!taken.has(id)) return id;
  }
}
