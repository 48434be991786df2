export { type BulkPatch, type BulkResult, MOST_TICKETS, type Undo } from "./bulk/bulk-patch";
export { LONGEST_VIEW_NAME, type SavedView } from "./views/saved-view";
