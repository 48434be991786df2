import { pino } from "pino";

const SECRET_KEYS = ["password", "token", "access_token", "app_secret", "authorization", "cookie", "secret"];

/** A wrong level is refused with the other settings, by a line that names it; it must not end the process before that. */
const knownLevel = (level = "") => (level === "silent" || Object.hasOwn(pino.levels.values, level) ? level : undefined);

/** The process's logger: JSON lines on stderr, level from LOG_LEVEL, secrets left out by key name. */
export const log = pino(
  {
    level: knownLevel(process.env.LOG_LEVEL) ?? "info",
    base: { pid: process.pid },
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[left out]" },
  },
  pino.destination({ dest: 2, sync: true }),
);
