export { changeTickets, undoChanges } from "./bulk/change-tickets.server";
export { createView } from "./views/create-view.server";
export { deleteView } from "./views/delete-view.server";
export { type CountedView, listViews } from "./views/list-views.server";
export { updateView } from "./views/update-view.server";
