/** The region's numbers of people and firms: Argentina, Paraguay, Uruguay and Brazil. */
export const DOCUMENTS = ["dni", "cuit", "ci_py", "ci_uy", "ruc", "cpf", "cnpj"] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

const digitsOf = (text: string) => [...text].map((sign) => sign.charCodeAt(0) - 48);

/** The sum of each sign's value by its weight. */
const weighted = (text: string, weights: readonly number[]) =>
  digitsOf(text).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);

/** Two to `most` from the right, again and again. */
const fromRight = (length: number, most: number) =>
  Array.from({ length }, (_, i) => ((length - 1 - i) % (most - 1)) + 2);

const allAlike = (text: string) => new Set(text).size === 1;

/** Brazil and Paraguay: what is missing to 11, 0 for 10 and 11. */
function check11(text: string, most: number): number {
  const rest = weighted(text, fromRight(text.length, most)) % 11;
  return rest < 2 ? 0 : 11 - rest;
}

function isCuit(digits: string): boolean {
  const rest = 11 - (weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return /^(20|23|24|25|26|27|30|33|34)\d{9}$/.test(digits) && Number(digits[10]) === (rest === 11 ? 0 : rest);
}

function isUruguayan(digits: string): boolean {
  const eight = digits.padStart(8, "0");
  const check = (10 - (weighted(eight, [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10;
  return /^\d{7,8}$/.test(digits) && !allAlike(digits) && Number(eight[7]) === check;
}

/** The two last digits each belong to all that stands before them. */
function hasTwoChecks(text: string, most: number): boolean {
  const body = text.slice(0, -2);
  const first = check11(body, most);
  return text.endsWith(`${first}${check11(`${body}${first}`, most)}`) && !allAlike(text);
}

const CHECKS: Record<DocumentKind, (text: string) => boolean> = {
  dni: (text) => /^[1-9]\d{6,7}$/.test(text),
  cuit: isCuit,
  ci_py: (text) => /^[1-9]\d{4,7}$/.test(text),
  ci_uy: isUruguayan,
  ruc: (text) => /^[1-9]\d{4,8}$/.test(text) && Number(text.at(-1)) === check11(text.slice(0, -1), 11),
  cpf: (text) => /^\d{11}$/.test(text) && hasTwoChecks(text, 11),
  // Since July 2026 all but the last two may be letters too.
  cnpj: (text) => /^[0-9A-Z]{12}\d{2}$/.test(text) && hasTwoChecks(text, 9),
};

/**
 * A document's number without what stands between its signs, if it is a valid one of any of these kinds.
 * @returns null for none
 */
export function readDocument(
  written: string,
  kinds: readonly DocumentKind[],
): { kind: DocumentKind; number: string } | null {
  const number = written
    .normalize("NFKC")
    .slice(0, 60)
    .toUpperCase()
    .replace(/[\s./\-\u2010-\u2015]/g, "");
  const kind = kinds.find((one) => CHECKS[one](number));
  return kind ? { kind, number } : null;
}
