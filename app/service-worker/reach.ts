/** What is not begun to be answered by then is held for lost: what a worker waits for holds up the next build's. */
const LOST_MS = 10_000;

/**
 * `fetch` with an end to waiting for the answer's begin; its body may take as long as it takes.
 * @throws TypeError, DOMException `AbortError` where there is no way to the network, or no answer in time
 */
export async function reach(asked: Request | string, options: RequestInit = {}): Promise<Response> {
  const lost = new AbortController();
  const end = () => lost.abort();
  const timer = setTimeout(end, LOST_MS);
  if (typeof asked !== "string") asked.signal.addEventListener("abort", end);
  try {
    return await fetch(asked, { ...options, signal: lost.signal });
  } finally {
    clearTimeout(timer);
  }
}
