/** What a log line tells of an error. */
export type LoggedError = {
  type: string;
  message: string;
  stack: string;
  code?: string;
  status?: number;
  constraint?: string;
  cause?: LoggedError;
};

const DEEPEST = 5;
/** The query builder writes a statement's values behind it: people's words, addresses, keys of sessions. */
const VALUES = /\nparams: [\s\S]*?(?=\n {4}at |$)/g;
/** A password within an address, as some drivers quote it. */
const PASSWORD = /(\b[a-z][a-z\d+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi;

const clean = (text: unknown) => String(text).replace(VALUES, "").replace(PASSWORD, "$1:…@");

/**
 * An error as far as it may be logged: what it is and where it came from. Drivers hang commands, values and whole
 * addresses on theirs, so that nothing else of it is taken.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: clean(error), stack: "" };
  const { code, status, constraint } = error as { code?: unknown; status?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: clean(error.message),
    stack: clean(error.stack ?? ""),
    ...(typeof code === "string" && { code }),
    ...(typeof status === "number" && { status }),
    ...(typeof constraint === "string" && { constraint }),
    ...(error.cause !== undefined && depth < DEEPEST && { cause: loggedError(error.cause, depth + 1) }),
  };
}
