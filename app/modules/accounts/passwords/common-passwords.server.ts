import { dictionary } from "@zxcvbn-ts/language-common";

/** Of the package's list, which begins with what leaked lists show most often. */
const MOST = 10_000;

/** The passwords that people all over the world choose most, in small letters; `commonWords` are this region's. */
export const commonPasswords: ReadonlySet<string> = new Set(
  (dictionary["passwords-common"] ?? []).slice(0, MOST).map(String),
);
