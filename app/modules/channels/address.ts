/** Every sort of address by which a customer can be known on some channel. */
export const ADDRESS_KINDS = [
  "account",
  "visitor",
  "phone",
  "wa_id",
  "bsuid",
  "parent_bsuid",
  "username",
  "psid",
  "igsid",
  "user_ref",
] as const;

export type AddressKind = (typeof ADDRESS_KINDS)[number];

/**
 * One address of a person. `key` is canonical (compare and index by it), `raw` is what the provider or the person wrote.
 * A person has a set of them, and any may be missing: a WhatsApp user may have no phone at all.
 */
export type Address = { kind: AddressKind; key: string; raw: string };

/**
 * Whether an address of this kind proves who somebody is. A user name can be given up and taken by a stranger, and a
 * `user_ref` is good for one answer only: neither may ever select or merge a contact.
 */
export const IDENTIFYING: Record<AddressKind, boolean> = {
  account: true,
  visitor: true,
  phone: true,
  wa_id: true,
  bsuid: true,
  parent_bsuid: true,
  username: false,
  psid: true,
  igsid: true,
  user_ref: false,
};
