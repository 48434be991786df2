import { invalid } from "~/platform/errors";
import { type CustomField, withFieldValues } from "../fields/field-values";
import { tagNames } from "../tags/tag-words";
import { readPhone } from "./contact-phone";

/** What is known of a contact and may be changed by hand. */
export type ContactDetails = {
  name: string;
  phone: string | null;
  phoneKey: string | null;
  email: string | null;
  notes: string | null;
  tags: string[];
  fields: Record<string, unknown>;
};

/** What somebody gives; what is not named stays, null takes away. */
export type ContactPatch = {
  name?: string;
  phone?: string | null;
  email?: string | null;
  notes?: string | null;
  tags?: readonly string[];
  /** By key; null or an empty text takes a value away. */
  fields?: Record<string, unknown>;
};

export const LONGEST_NAME = 200;
export const LONGEST_NOTES = 10_000;

const EMAIL = /^[^\s@<>()[\],;:"\\]{1,64}@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\]{2,}$/u;

const storable = (text: string) => text.replaceAll("\u0000", "").toWellFormed().normalize("NFC");

/** @throws AppError `contact_name_invalid` */
export function readName(given: string): string {
  const name = storable(given).replaceAll(/\s+/gu, " ").trim();
  if (!name || name.length > LONGEST_NAME || /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name))
    throw invalid("contact_name_invalid", { field: "name" });
  return name;
}

/** In lower case, as addresses are compared. @throws AppError `contact_email_invalid` */
export function readEmail(given: string | null): string | null {
  const email = storable(given ?? "")
    .trim()
    .toLowerCase();
  if (!email) return null;
  if (email.length > 254 || !EMAIL.test(email)) throw invalid("contact_email_invalid", { field: "email" });
  return email;
}

function phoneOf(given: string | null, region: string): Pick<ContactDetails, "phone" | "phoneKey"> {
  if (!given?.trim()) return { phone: null, phoneKey: null };
  const read = readPhone(given, region);
  if (!read) throw invalid("contact_phone_invalid", { field: "phone" });
  return read;
}

function notesOf(given: string | null): string | null {
  const notes = storable(given ?? "").trim();
  if (notes.length > LONGEST_NOTES) throw invalid("contact_notes_too_long", { field: "notes" });
  return notes || null;
}

function tagsOf(given: readonly string[]): string[] {
  const tags = tagNames(given);
  if (!tags) throw invalid("tag_name_invalid", { field: "tags" });
  return tags;
}

function fieldsOf(known: Record<string, unknown>, given: Record<string, unknown>, fields: readonly CustomField[]) {
  const read = withFieldValues(fields, known, given);
  if ("wrong" in read) throw invalid("field_value_invalid", { field: `fields.${read.wrong}` });
  return read.values;
}

/**
 * What a contact's row becomes by a patch: only what it names, canonical; a telephone always with its key (pitfall 18).
 * @param region the country whose numbers are written without a prefix, ISO 3166
 * @throws AppError 422 `contact_name_invalid`, `contact_phone_invalid`, `contact_email_invalid`, `contact_notes_too_long`,
 *   `tag_name_invalid`, `field_value_invalid`, each with `data.field`
 */
export function applyPatch(
  known: Pick<ContactDetails, "fields">,
  patch: ContactPatch,
  around: { region: string; fields: readonly CustomField[] },
): Partial<ContactDetails> {
  return {
    ...(patch.name !== undefined && { name: readName(patch.name) }),
    ...(patch.phone !== undefined && phoneOf(patch.phone, around.region)),
    ...(patch.email !== undefined && { email: readEmail(patch.email) }),
    ...(patch.notes !== undefined && { notes: notesOf(patch.notes) }),
    ...(patch.tags !== undefined && { tags: tagsOf(patch.tags) }),
    ...(patch.fields !== undefined && { fields: fieldsOf(known.fields, patch.fields, around.fields) }),
  };
}
