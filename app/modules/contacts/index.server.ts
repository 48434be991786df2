export { archiveField, changeField, moveField } from "./fields/change-field.server";
export { createField } from "./fields/create-field.server";
export { listFields, readFields } from "./fields/list-fields.server";
export {
  createGuestSession,
  guestCookie,
  guestOfCookie,
  guestOfToken,
  guestTokens,
  isGuestToken,
  livingGuests,
} from "./guest-session.server";
export { requireContactsAdmin } from "./require-admin.server";
export {
  addAddresses,
  type ContactRow,
  findByAddress,
  type IdentityRow,
  type Person,
  type Resolved,
  resolveIdentity,
} from "./resolve-identity.server";
export { changeTag, createTag, deleteTag, mergeTags } from "./tags/change-tag.server";
export { listTags } from "./tags/list-tags.server";
