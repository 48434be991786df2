/** One line of JSON for each fault that was tried: what was done, and the figures. */
export function report(line: { fault: string } & Record<string, unknown>): void {
  console.log(JSON.stringify(line));
}
