type Output = { isTTY?: boolean; write(text: string): unknown };

/** So often a line is written where lines cannot be written over. */
const PLAIN_EVERY_MS = 5_000;
const SHOWN_EVERY_MS = 200;

const number = (value: number) => Math.round(value).toLocaleString("en");

function timeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What stands of so many rows after so long: `1,200 of 4,800 rows · 25 % · 600 rows/s · 6 s left`. */
export function progressLine(done: number, total: number, elapsedMs: number): string {
  const rate = done / Math.max(elapsedMs, 1);
  const left = done === 0 ? "" : ` · ${timeLeft((total - done) / rate)} left`;
  return `${number(done)} of ${number(total)} rows · ${Math.floor((100 * done) / total)} % · ${number(rate * 1000)} rows/s${left}`;
}

/**
 * Tells how far a work is: on a terminal in one line that is written over, elsewhere by a plain line now and then. The last
 * row is always told.
 */
export function showProgress(output: Output, total: number, now: () => number = Date.now): (done: number) => void {
  const began = now();
  let told = began;
  return (done) => {
    const last = done >= total;
    if (!last && now() - told < (output.isTTY ? SHOWN_EVERY_MS : PLAIN_EVERY_MS)) return;
    told = now();
    const line = progressLine(done, total, told - began);
    output.write(output.isTTY ? `\r\u001b[2K${line}${last ? "\n" : ""}` : `${line}\n`);
  };
}
