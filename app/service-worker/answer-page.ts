import { listKept } from "~/platform/kept/kept-store";
import { isReadable } from "~/platform/kept/readable";
import { offlinePage } from "./shelf";
import { saysAway } from "./sort-request";

/**
 * A page of this product is there in a second, and in two over a telephone of the third generation: who waits longer
 * takes it for broken, and is shown the copy, which then asks for the thing itself.
 */
const PATIENCE_MS = 4_000;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** The network's page; the offline page where there is no way to it, or where it takes long and there is a copy. */
export async function answerPage(request: Request): Promise<Response> {
  const asked = fetch(request);
  asked.catch(() => {});
  const hasCopy = async () => isReadable(new URL(request.url).pathname, await listKept());
  const orCopy = async () => (await hasCopy()) && (await offlinePage());
  try {
    const late = pause(PATIENCE_MS).then(async () => (await orCopy()) || asked);
    const answer = await Promise.race([asked, late]);
    return (saysAway(answer.status) && (await orCopy())) || answer;
  } catch (error) {
    const shell = await offlinePage();
    if (shell) return shell;
    throw error;
  }
}
