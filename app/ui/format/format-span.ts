const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A length of time in its two largest units, as reports show it: "1 h 50 min", "3 d 2 h", "0 s". @param seconds 0 or more */
export function formatSpan(seconds: number, locale: string): string {
  const whole = Math.round(seconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  const language = locale.split("-", 1)[0];
  const parts = first === -1 ? [] : UNITS.slice(first, first + 2);
  let left = whole;
  const words = parts.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [inUnit(count, unit, language)] : [];
  });
  return words.length > 0 ? words.join(" ") : inUnit(0, "second", language);
}

const inUnit = (count: number, unit: string, language: string | undefined) =>
  new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(count);
