import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type Program = { pid: number; port: number; stop(): Promise<void> };

/** Runs a TypeScript program of this folder as a process of its own; it says its port as a line of JSON when it is ready. */
export async function startProgram(file: string, env: Record<string, string> = {}): Promise<Program> {
  const { PATH, HOME } = process.env;
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", file], {
    env: { PATH, HOME, NODE_ENV: "production", LOG_LEVEL: "silent", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  if (!child.stdout) throw new Error("no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^\{"port":(\d+)\}$/.exec(line)?.[1];
    if (!port) continue;
    child.stdout.resume();
    return {
      pid: child.pid ?? 0,
      port: Number(port),
      async stop() {
        child.kill("SIGKILL");
        await ended;
      },
    };
  }
  throw new Error(`${file} ended before it was ready`);
}
