import { type Row, ratioOf, reaches } from "./benchmark";

const short = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);

const goalOf = ({ goal }: Row): string => (!goal ? "" : "most" in goal ? `≤ ${goal.most}` : `≥ ${goal.least}`);
const markOf = (row: Row): string => ({ true: "reached", false: "NOT REACHED", null: "" })[String(reaches(row))] ?? "";

/** Prints one line a row, in columns. */
export function printTable(rows: readonly Row[]): void {
  const table = [
    ["what", "ours", "reference", "ratio", "goal", "", "unit"],
    ...rows.map((row) => [
      row.what,
      short(row.ours),
      row.reference ? `${short(row.reference.value)} (${row.reference.name})` : "",
      row.reference ? short(ratioOf(row)) : "",
      goalOf(row),
      markOf(row),
      row.unit,
    ]),
  ];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0))) ?? [];
  for (const [place, cells] of table.entries()) {
    console.log(`  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
    const more = rows[place - 1]?.more;
    if (more)
      console.log(
        `      ${Object.entries(more)
          .map(([name, value]) => `${name} ${value}`)
          .join(" · ")}`,
      );
  }
}
