export { type Column, DETAIL_COLUMNS, guessColumns } from "./csv/guess-columns";
export { type CsvFault, type CsvRecord, createCsvParser, guessSeparator } from "./csv/parse-csv";
export {
  applyPatch,
  type ContactDetails,
  type ContactPatch,
  LONGEST_NAME,
  LONGEST_NOTES,
} from "./details/contact-details";
export { isPhoneCountry, readPhone } from "./details/contact-phone";
export { type CustomField, withFieldValues } from "./fields/field-values";
export {
  type Choice,
  decideMerge,
  decideUndo,
  type MergeChoices,
  type MergeConflict,
  type MergeDecision,
  type MergeSide,
  sideOf,
} from "./merging/decide-merge";
export { type ContactRights, contactRights } from "./policy";
export { type Retagging, retag } from "./tags/retag";
export {
  LONGEST_TAG,
  retagged,
  retaggedWith,
  TAG_COLOURS,
  type Tag,
  type TagColour,
  tagName,
  tagNames,
} from "./tags/tag-words";
