import { AsyncLocalStorage } from "node:async_hooks";
import { pino } from "pino";
import { loggedError } from "./logged-error";

const SECRET_KEYS = ["password", "token", "access_token", "app_secret", "authorization", "cookie", "secret"];

/** A wrong level is refused with the other settings, by a line that names it; it must not end the process before that. */
const knownLevel = (level = "") => (level === "silent" || Object.hasOwn(pino.levels.values, level) ? level : undefined);

const occasion = new AsyncLocalStorage<Record<string, unknown>>();

/** Runs `work`; every line that is logged on its way says also what it belongs to: a request, a job, a frame. */
export const logged = <T>(facts: Record<string, unknown>, work: () => T): T => occasion.run(facts, work);

/**
 * The process's logger: JSON lines on stderr, level from LOG_LEVEL. Secrets are left out by key name, and of errors only
 * what `loggedError` takes is told.
 */
export const log = pino(
  {
    level: knownLevel(process.env.LOG_LEVEL) ?? "info",
    base: { pid: process.pid },
    serializers: { err: loggedError },
    mixin: () => ({ ...occasion.getStore() }),
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[left out]" },
  },
  pino.destination({ dest: 2, sync: true }),
);
