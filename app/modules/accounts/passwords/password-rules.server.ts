import { commonPasswords } from "./common-passwords.server";
import { commonWords } from "./common-words";
import { PASSWORD_MAX, PASSWORD_MIN } from "./password-limits";

type PasswordProblem = "password_too_short" | "password_too_long" | "password_common" | "password_personal";

/** Runs of keys and signs that people type in a row; read in both directions and going round. */
const RUNS = [
  "0123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjklñ",
  "zxcvbnm",
  "qwertyuiopasdfghjklzxcvbnm",
];
const LEET: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

const withoutAccents = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "");
const lettersInside = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");

/** The words that a password may stand for: as written, and with `4` and `@` read as letters. */
function readings(password: string): string[] {
  const lower = withoutAccents(password.toLowerCase());
  const core = lettersInside(lower);
  const leet = [...lower].map((sign) => LEET[sign] ?? sign).join("");
  const coreLeet = [...core].map((sign) => LEET[sign] ?? sign).join("");
  return [lower, core, leet, coreLeet, lettersInside(leet)].map((reading) => reading.replace(/[\s._-]/g, ""));
}

function isRun(password: string): boolean {
  const lower = withoutAccents(password.toLowerCase());
  return RUNS.some((run) => {
    const round = run.repeat(Math.ceil(lower.length / run.length) + 1);
    return round.includes(lower) || [...round].reverse().join("").includes(lower);
  });
}

/** A short piece written again and again: `abcabcabcabc`, `aaaaaaaaaa`. */
const isRepetition = (password: string) => /^(.{1,4}?)\1+.{0,3}$/su.test(password) || new Set(password).size < 4;

function isPersonal(password: string, about: readonly string[]): boolean {
  const words = about
    .flatMap((text) => [text, text.split("@", 1)[0] ?? ""])
    .map((text) => withoutAccents(text.toLowerCase()).replace(/[\s._-]/g, ""));
  const read = readings(password);
  return words.some((word) => word.length >= 4 && read.includes(word));
}

/**
 * What keeps a password from being chosen, or null. Length counts people's characters; any script and spaces are fine.
 * `about` are the account's own words, such as its name and address.
 */
export function passwordProblem(password: string, about: readonly string[] = []): PasswordProblem | null {
  const length = [...password.normalize("NFKC")].length;
  if (length < PASSWORD_MIN) return "password_too_short";
  if (length > PASSWORD_MAX) return "password_too_long";
  const isCommon = readings(password).some((reading) => commonWords.has(reading) || commonPasswords.has(reading));
  if (isCommon || isRun(password) || isRepetition(password)) {
    return "password_common";
  }
  return isPersonal(password, about) ? "password_personal" : null;
}
