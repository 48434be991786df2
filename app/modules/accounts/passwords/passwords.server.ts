import { hash, type Options, parseOptions, verify } from "@node-rs/argon2";
import { unavailable } from "~/platform/errors";

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. The variant argon2id is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
/** Two at once take two threads and 38 MiB; more would take the processor away from everybody else. */
const AT_ONCE = 2;
/** Who would wait behind so many (about five seconds) is told to come back instead. */
const MAX_WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw unavailable();
    await new Promise<void>((go) => waiting.push(go));
  } else running++;
  try {
    return await work();
  } finally {
    // The place goes to the next in the queue, or is given up.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** The same password typed on two systems may arrive as different code points; NFKC makes them one. */
const normalised = (password: string) => password.normalize("NFKC");

/**
 * The argon2id hash of a password, with a salt of its own.
 * @throws AppError `unavailable` when too many wait
 */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normalised(password), COST));

/** Whether a password is the hash's. A hash that cannot be read is nobody's. */
export async function verifyPassword(hashed: string, password: string): Promise<boolean> {
  return inTurn(() => verify(hashed, normalised(password)).catch(() => false));
}

/** True when a hash was made with a lower cost than today's and should be made anew at the next sign-in. */
export function needsRehash(hashed: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(hashed);
  return memoryCost < COST.memoryCost || timeCost < COST.timeCost || parallelism !== COST.parallelism;
}
