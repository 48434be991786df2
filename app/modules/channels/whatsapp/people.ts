import type { Address } from "../address";
import type { JsonObject, Person } from "../inbound-event";
import { idOf, listOf, objectOf, textOf } from "../meta/loose-json";
import { phoneKey } from "../phone";

/** A business-scoped user id, `US.1349…`, or of the parent portfolio, `US.ENT.1181…`; never a telephone. */
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

export type Names = { waId?: unknown; userId?: unknown; parentUserId?: unknown; username?: unknown };

type Found = Partial<Record<"bsuid" | "wa_id" | "phone" | "parent_bsuid" | "username", Address>>;

function takeUserId(found: Found, value: unknown, kind: "bsuid" | "parent_bsuid") {
  const raw = idOf(value);
  if (!raw) return;
  const actual = BSUID.test(raw) ? (raw.includes(".ENT.") ? "parent_bsuid" : "bsuid") : kind;
  found[actual] ??= { kind: actual, key: raw, raw };
}

function takeWaId(found: Found, value: unknown) {
  const raw = idOf(value);
  if (!raw) return;
  if (BSUID.test(raw)) return takeUserId(found, raw, "bsuid");
  const digits = raw.replace(/[\s+().-]/g, "");
  const key = /^\d+$/.test(digits) ? digits : raw;
  found.wa_id ??= { kind: "wa_id", key, raw: key };
  const phone = phoneKey(`+${key}`);
  if (phone) found.phone ??= { kind: "phone", key: phone, raw: `+${key}` };
}

function takeUsername(found: Found, value: unknown) {
  const raw = textOf(value)?.trim();
  const key = raw?.replace(/^@/, "").toLowerCase();
  if (raw && key) found.username ??= { kind: "username", key, raw };
}

function gather(found: Found, names: Names) {
  takeUserId(found, names.userId, "bsuid");
  takeWaId(found, names.waId);
  takeUserId(found, names.parentUserId, "parent_bsuid");
  takeUsername(found, names.username);
}

const inOrder = (found: Found): Address[] =>
  [found.bsuid, found.wa_id, found.phone, found.parent_bsuid, found.username].filter((a) => a !== undefined);

/** All addresses that these names give, the surest first: BSUID, wa_id, phone, parent BSUID, user name. */
export function addressesOf(names: Names): Address[] {
  const found: Found = {};
  gather(found, names);
  return inOrder(found);
}

const namesOf = (contact: JsonObject): Names => ({
  waId: contact.wa_id,
  userId: contact.user_id,
  parentUserId: contact.parent_user_id,
  username: objectOf(contact.profile).username,
});

const IDS = ["bsuid", "wa_id", "parent_bsuid"] as const;

/**
 * The contact of a delivery that belongs to these addresses: one with an id in common, or the only one there is, unless
 * it bears another id of the same kind. A wrong pairing would give one person's name and addresses to another.
 */
function contactFor(own: Found, contacts: Found[]): number {
  const shared = contacts.findIndex((c) => IDS.some((id) => own[id] && own[id]?.key === c[id]?.key));
  if (shared >= 0 || contacts.length !== 1) return shared;
  const contradicts = IDS.some((id) => own[id] && contacts[0]?.[id] && own[id]?.key !== contacts[0][id]?.key);
  return contradicts ? -1 : 0;
}

/**
 * The person behind a message or status: its own names joined with the `contacts` entry that belongs to it. Has no
 * address when nobody is named; a user name alone names nobody.
 */
export function personOf(own: Names, contactsValue: unknown): Person {
  const found: Found = {};
  gather(found, own);
  const contacts = listOf(contactsValue).map(objectOf);
  const named = contacts.map((contact) => {
    const names: Found = {};
    gather(names, namesOf(contact));
    return names;
  });
  const contact = contacts[contactFor(found, named)];
  if (contact) gather(found, namesOf(contact));
  if (!IDS.some((id) => found[id])) return { addresses: [] };
  const profileName = textOf(objectOf(contact?.profile).name)?.trim();
  return {
    addresses: inOrder(found),
    ...(profileName ? { profileName } : {}),
    ...(found.phone ? { phone: found.phone.raw } : {}),
  };
}
