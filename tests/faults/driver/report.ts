/** One line of JSON for each fault that was tried: what was done, and the figures. */
export function report(fault: string, figures: Record<string, unknown>): void {
  console.log(JSON.stringify({ fault, ...figures }));
}
