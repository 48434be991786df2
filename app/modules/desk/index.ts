export { type BulkPatch, type BulkResult, MOST_TICKETS, type Undo } from "./bulk/bulk-patch";
export { LONGEST_MACRO_NAME, MACRO_SCOPES, type Macro, type MacroScope } from "./macros/macro";
export type { MacroStep } from "./macros/macro-step";
export {
  type CannedReply,
  LONGEST_REPLY,
  LONGEST_REPLY_TITLE,
  LONGEST_SHORTCUT,
  type NewReply,
  REPLY_SCOPES,
} from "./replies/canned-reply";
export {
  fillVariables,
  firstNameOf,
  splitVariables,
  VARIABLES,
  type Variable,
  type VariableValues,
} from "./replies/fill-variables";
export { findReplies, replyQueryAt } from "./replies/find-replies";
export { LONGEST_VIEW_NAME, type SavedView } from "./views/saved-view";
