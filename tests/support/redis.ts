import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type TestRedis = {
  url: string;
  stop(): Promise<void>;
  /** Ends it as a power cut does, until `restart`. */
  kill(): Promise<void>;
  /** Kills it and starts it again on the same port; it keeps nothing. */
  restart(): Promise<void>;
};

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const child = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
  const failed = once(child, "error").then(([error]) => Promise.reject(error));
  const said: string[] = [];
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (line.includes("Ready to accept connections")) return;
    }
    throw new Error(`redis-server ended: ${said.slice(-3).join(" ")}`);
  })();
  await Promise.race([ready, failed]);
  failed.catch(() => {});
  child.stdout.resume();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** A Redis of one's own on a free port of the loopback, that keeps nothing. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-test-redis-"));
  const port = await freePort();
  let child = await launch(port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => end(child),
    async restart() {
      await end(child);
      child = await launch(port, folder);
    },
  };
}
