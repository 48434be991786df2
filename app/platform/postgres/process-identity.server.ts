import { readFileSync } from "node:fs";

/** A process, told apart from a later one that got the same number. `started` is empty where there is no /proc. */
export type ProcessIdentity = { pid: number; started: string };

const BOOT_ID = "/proc/sys/kernel/random/boot_id";

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The start time and state in proc_pid_stat(5); the command's name before them may itself hold spaces and brackets. */
function readStat(pid: number): { started: string; state: string } | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, started] = [fields?.[0], fields?.[19]];
  return state && started ? { state, started } : undefined;
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The identity of a live process (by default this one); undefined when there is none, or it is a zombie. */
export function identifyProcess(pid: number = process.pid): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0 || !answersSignals(pid)) return undefined;
  const stat = readStat(pid);
  if (!stat) return { pid, started: "" };
  if (stat.state === "Z" || stat.state === "X") return undefined;
  return { pid, started: `${readProc(BOOT_ID)?.trim() ?? ""}/${stat.started}` };
}

/** Whether the very process that was identified still runs, not another one with its number. */
export function isStillRunning(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  return now !== undefined && (!now.started || !identity.started || now.started === identity.started);
}
