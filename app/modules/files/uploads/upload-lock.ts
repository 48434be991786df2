import { ERRORS, type Lock, type Locker, type RequestRelease } from "@tus/server";

/** Longer than whoever holds an upload takes to write down what it has. */
const PATIENCE_MS = 10_000;

type Held = { letGo: RequestRelease; free: Promise<void> };

/**
 * One request at a time for each upload, in this process. Whoever comes asks the holder to let go: a sender whose line
 * broke comes back long before the server notices that the first line is dead. Between processes the row's number of
 * bytes decides (`UploadStore`).
 */
export function uploadLocks(patienceMs = PATIENCE_MS): Locker {
  const held = new Map<string, Held>();
  const newLock = (id: string): Lock => {
    let release = () => {};
    return {
      async lock(signal, letGo) {
        const late = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
        for (let holder = held.get(id); holder; holder = held.get(id)) {
          await holder.letGo();
          await Promise.race([holder.free, new Promise<void>((done) => late.addEventListener("abort", () => done()))]);
          if (late.aborted) throw ERRORS.ERR_LOCK_TIMEOUT;
        }
        const free = new Promise<void>((done) => {
          release = done;
        });
        held.set(id, { letGo, free });
      },
      async unlock() {
        held.delete(id);
        release();
      },
    };
  };
  return { newLock };
}
