/** Whether two values say the same as JSON, in whatever order their keys stand: what was stored comes back in another. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b].map((one) => Object.entries(one).filter(([, value]) => value !== undefined));
  const others = new Map(right);
  return (
    left?.length === others.size && left.every(([key, value]) => others.has(key) && isSameJson(value, others.get(key)))
  );
}
