import type { ContactPatch, CsvRecord } from "~/modules/contacts";

/** What was wrong with which line of a file; `column` is what the column was said to be, null for the whole line. */
export type Problem = { line: number; column: string | null; code: string; value: string };

/** What the cells of a line give, by what the columns are said to be. */
export function patchOfCells(
  { line, cells }: CsvRecord,
  columns: readonly string[],
): { patch: ContactPatch & { name: string } } | Problem {
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim()))
    return { line, column: null, code: "too_many_cells", value: "" };
  const patch: ContactPatch & { name: string; fields: Record<string, unknown> } = { name: "", fields: {} };
  for (const [at, column] of columns.entries()) {
    const cell = plainCell(cells[at] ?? "");
    if (column.startsWith("field:")) patch.fields[column.slice("field:".length)] = cell;
    else if (column === "tags") patch.tags = cell.split(/[;,]/).filter((tag) => tag.trim());
    else if (column) patch[column as "name" | "phone" | "email" | "notes"] = cell;
  }
  return { patch };
}

/** Without the apostrophe by which an export makes a cell harmless. */
const plainCell = (cell: string) => cell.replace(/^'(?=[\s\u00a0\ufeff]*[=+\-@|%＝＋－＠])/, "");
