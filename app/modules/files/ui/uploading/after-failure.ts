/** What came of an attempt that did not succeed: the server's answer, or null where nobody answered. */
export type Failure = { status: number | null; code: string | null };

export type Verdict = { do: "wait"; ms: number } | { do: "fail"; code: string };

const LONGEST_WAIT_MS = 30_000;
/** A server that says so often that it cannot will not the next time. */
const MOST_REFUSALS = 8;
/** What another attempt may find otherwise: a moved offset, a lock, a limit, a server in trouble. */
const PASSING = [408, 409, 423, 429];

/**
 * What follows a failed attempt. A network that is away is waited for without end; a refusal is final; what passes is
 * tried again, later each time.
 * @param attempts how many failed one after the other, this one included
 */
export function afterFailure({ status, code }: Failure, attempts: number): Verdict {
  const wait: Verdict = { do: "wait", ms: Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(attempts - 1, 10)) };
  if (status === null) return wait;
  const passing = PASSING.includes(status) || (status >= 500 && status !== 507);
  return passing && attempts < MOST_REFUSALS ? wait : { do: "fail", code: code ?? "unexpected" };
}
