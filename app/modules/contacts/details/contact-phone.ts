import { PHONE_COUNTRIES, type PhoneCountry, phoneKey } from "~/modules/channels";

/** A telephone as it is stored: E.164 as shown, and the key that is equal for every way of writing it. */
export type ContactPhone = { phone: string; phoneKey: string };

export const isPhoneCountry = (region: string): region is PhoneCountry =>
  (PHONE_COUNTRIES as readonly string[]).includes(region);

/**
 * Reads a telephone as a person of the organisation's country wrote it. Written with `+` it keeps its digits, which may mark a
 * mobile; written as at home it becomes the key, which says no less than was written.
 * @returns null for what cannot be a telephone
 */
export function readPhone(written: string, region: string): ContactPhone | null {
  const key = phoneKey(written, isPhoneCountry(region) ? region : undefined);
  if (!key) return null;
  const plain = written.normalize("NFKC").replace(/[^\d+]/g, "");
  const abroad = /^(?:\+|00)(\d+)$/.exec(plain)?.[1];
  const own = abroad && phoneKey(`+${abroad}`) === key ? `+${abroad}` : key;
  return { phone: /^\+[1-9]\d{6,14}$/.test(own) ? own : key, phoneKey: key };
}
