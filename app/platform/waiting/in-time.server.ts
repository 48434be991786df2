import { unavailable } from "../errors";
import type { RequestContext } from "../http/fetch-call.server";

/** A request is answered within 10 s, whatever it waits for: the rest is for making the page that says so, also when busy. */
const PATIENCE_MS = 7_000;

/** Timers of one length share a list, and cost next to nothing; of any length each has its own. */
const STEP_MS = 250;
const inSteps = (ms: number) => Math.ceil(ms / STEP_MS) * STEP_MS;

type Clock = Pick<RequestContext, "startedAt" | "receiving">;

/**
 * What the work gives, or `unavailable` once the request is too old: whoever asks learns that it may be tried again,
 * instead of waiting for a database that does not answer. The work itself goes on; whether a write was done is unknown
 * then, as after any cut. A body that is still coming in is waited for: its sender is the slow one.
 * @param sparedMs so much earlier, for whoever makes another answer of it
 */
export function inTime<T>({ startedAt, receiving }: Clock, work: Promise<T>, sparedMs = 0): Promise<T> {
  const limit = PATIENCE_MS - sparedMs;
  return new Promise((resolve, reject) => {
    const late = () => {
      if (receiving?.()) timer = setTimeout(late, limit);
      else reject(unavailable(new Error("the request waited too long")));
    };
    const age = startedAt === undefined ? 0 : performance.now() - startedAt;
    // At least a moment, for the loaders that follow an action which took all of it.
    let timer = setTimeout(late, Math.max(inSteps(limit - age), STEP_MS));
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
