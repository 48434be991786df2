export { heardLine, type LastWords } from "./list/live-line";
export { findMentions } from "./mentions/find-mentions";
export { NOTE_LIMIT, REPORT_REASONS } from "./reports/reasons";
export { pictureAddress } from "./ui/picture-address";
