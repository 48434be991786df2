/**
 * A cell that no program takes for a formula: what could begin one is led by an apostrophe (TA19), a number and a telephone
 * excepted, which calculate nothing.
 */
export function csvCell(value: string): string {
  const harmless = /^[+-]?\d[\d .]*$/.test(value) || !/^[\s\u00a0\ufeff]*[=+\-@\t\r\n|%＝＋－＠]/.test(value);
  const text = harmless ? value : `'${value}`;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of RFC 4180, with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;
