/** Why a form was not taken: a code whose text is `accounts.problems.<code>`, and the field it is about. */
export type FormProblem = { code: string; field?: string; retryAfterSeconds?: number };

/** Codes that are about one field, by the name that every form of ours gives it. */
const FIELD_OF: Readonly<Record<string, string>> = {
  password_too_short: "password",
  password_too_long: "password",
  password_common: "password",
  password_personal: "password",
  wrong_password: "currentPassword",
  email_malformed: "email",
  handle_malformed: "handle",
  handle_reserved: "handle",
  handle_taken: "handle",
  name_malformed: "name",
  area_name_taken: "name",
  tag_name_taken: "name",
  tag_name_invalid: "name",
  field_label_invalid: "label",
  field_options_invalid: "options",
};

export const fieldOfCode = (code: string): string | undefined => FIELD_OF[code];
