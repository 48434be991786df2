export { heardLine, type LastWords } from "./list/live-line";
export { NOTE_LIMIT, REPORT_REASONS } from "./reports/reasons";
export { pictureAddress } from "./ui/picture-address";
