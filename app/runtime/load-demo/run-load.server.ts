import { type LoadSize, loadDemo } from "./load-demo.server";
import { showProgress } from "./progress";
import { type Recount, recountDesk } from "./recount-desk.server";

export type LoadResult = LoadSize & { stopped?: true; recounted: Recount };

/**
 * Loads, tells how far it is on the standard error, and counts the whole desk anew at the end. SIGINT and SIGTERM end it
 * after the stretch under way; what stands then is whole, and a further run adds to it.
 */
export async function runLoad(orgId: string, size: LoadSize): Promise<LoadResult> {
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const show = showProgress(process.stderr, size.tickets + size.messages);
    const loaded = await loadDemo(orgId, size, show, () => stopped);
    const recounted = await recountDesk(orgId);
    process.stderr.write(`${verdict(recounted)}\n`);
    return { ...loaded, ...(stopped ? { stopped: true as const } : {}), recounted };
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function verdict({ conversations, messages, tickets, differences }: Recount): string {
  const looked = `${tickets} tickets, ${conversations} conversations and ${messages} messages counted anew`;
  if (differences.length === 0) return `${looked}: every number is right`;
  return `${looked}: ${differences.map(({ what, rows, example }) => `${rows} with a wrong ${what}, as ${example}`).join("; ")}`;
}
