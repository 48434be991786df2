import { encode } from "uqr";

/** The light frame without which readers do not find a code, in modules. */
const QUIET = 4;

/** A code's dark modules as the path of a drawing of `size` by `size`, each one by one. */
export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const rows = data.map((row, y) => runsOf(row).map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`));
  return { path: rows.flat().join(""), size };
}

/** Where dark modules stand side by side in a row, and how many. */
function runsOf(row: readonly boolean[]): [from: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [at, dark] of row.entries()) {
    const last = runs.at(-1);
    if (dark && last && last[0] + last[1] === at) last[1]++;
    else if (dark) runs.push([at, 1]);
  }
  return runs;
}

/** The whole drawing as a file. */
export function qrFile(text: string): string {
  const { path, size } = qrPath(text);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="1024" height="1024" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
}
