export { type Board, getBoard } from "./get-board.server";
export { getReport } from "./get-report.server";
export { recountFrom, rollUp } from "./roll-up.server";
