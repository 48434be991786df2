const AROUND = /^[^\d+-]{0,4}([+-]?[\d.,'\s]*\d)\s*(?:%|[\p{L}$€£]{0,5})$/u;
const GROUPED = { ".": /^[+-]?\d{1,3}(\.\d{3})+$/, ",": /^[+-]?\d{1,3}(,\d{3})+$/ };

/**
 * A number as people write it: "1.500,50", "1,500.50", "Gs. 20.000", "3,5", "12 %". Where one sign alone could be either,
 * groups of three are thousands by the language's own sign: "1.500" in Spanish and Portuguese, "1,500" in English.
 * @returns null for what is no finite number
 */
export function readNumber(written: string, language: string): number | null {
  const digits = AROUND.exec(written.normalize("NFKC").trim().slice(0, 60))?.[1]?.replace(/['\s]/g, "");
  if (!digits) return null;
  const decimal = decimalSign(digits, language === "en" ? "," : ".");
  const plain = [...digits].map((sign) => (sign === decimal ? "." : /[.,]/.test(sign) ? "" : sign)).join("");
  const value = Number(plain);
  return /^[+-]?\d*\.?\d+$/.test(plain) && Number.isFinite(value) ? value : null;
}

/** Which sign stands before the decimals, or null where none does. */
function decimalSign(digits: string, thousands: "." | ","): string | null {
  const last = { ".": digits.lastIndexOf("."), ",": digits.lastIndexOf(",") };
  if (last["."] >= 0 && last[","] >= 0) return last["."] > last[","] ? "." : ",";
  const only = last["."] >= 0 ? "." : last[","] >= 0 ? "," : null;
  if (only === null) return null;
  const several = digits.indexOf(only) !== last[only];
  return (several || only === thousands) && GROUPED[only].test(digits) ? null : only;
}
