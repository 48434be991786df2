import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "./embedded.server";
import { findPostmaster } from "./postmaster.server";

const forgetful = { durable: false };
let outer: string;
let dataDir: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  outer = fs.mkdtempSync(join(tmpdir(), "guazu-embedded-"));
  fs.chmodSync(outer, 0o755);
  dataDir = join(outer, "data");
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  const home = homeFolder();
  const left = findPostmaster(join(home, "cluster"));
  if (left) process.kill(left.pid, "SIGQUIT");
  await expect.poll(() => findPostmaster(join(home, "cluster")), { timeout: 20_000 }).toBeUndefined();
  fs.rmSync(home, { recursive: true, force: true });
  fs.rmSync(outer, { recursive: true, force: true });
});

function homeFolder(): string {
  const pointer = join(dataDir, "postgres.location");
  return fs.existsSync(pointer) ? fs.readFileSync(pointer, "utf8").trim() : join(dataDir, "postgres");
}
const postmaster = () => findPostmaster(join(homeFolder(), "cluster"));

async function ask(url: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that uses the same data folder. */
async function startProcess() {
  const script = fileURLToPath(new URL("../../../tests/support/postgres-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir], { stdio: "pipe" });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const complaint = once(child.stderr.setEncoding("utf8"), "data").then(([text]) => Promise.reject(new Error(text)));
  const line = await Promise.race([lines.next(), complaint]);
  const said: { url: string; adopted: boolean } = JSON.parse(line.value);
  return {
    ...said,
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.stdin.end();
      return (await lines.next()).value;
    },
  };
}

describe("startEmbeddedPostgres", () => {
  it("keeps what was written over a stop, and knows letters beyond ASCII", async () => {
    const first = await startEmbeddedPostgres(dataDir, forgetful);
    expect(first.adopted).toBe(false);
    await ask(first.url, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE TABLE t AS SELECT 'Ñandú' AS x");
    await first.stop();
    expect(postmaster()).toBeUndefined();
    const second = await startEmbeddedPostgres(dataDir, forgetful);
    const [row] = await ask(
      second.url,
      "SELECT lower(x) l, unaccent(x) u, x ILIKE 'ñandÚ' i, cardinality(show_trgm(x)) n FROM t",
    );
    expect(row).toEqual({ l: "ñandú", u: "Nandu", i: true, n: 6 });
    await second.stop();
  });

  it("is durable unless told otherwise, and listens on the loopback only", async () => {
    const server = await startEmbeddedPostgres(dataDir);
    const rows = await ask(
      server.url,
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync','full_page_writes','listen_addresses','synchronous_commit','unix_socket_directories','password_encryption') ORDER BY name",
    );
    expect(rows.map((row) => row.setting)).toEqual(["on", "on", "127.0.0.1", "scram-sha-256", "on", ""]);
    const wrong = server.url.replace(/:[^:@]+@/, ":wrong@");
    await expect(ask(wrong, "SELECT 1")).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  it("keeps its password from other accounts", async () => {
    await (await startEmbeddedPostgres(dataDir, forgetful)).stop();
    const mode = (path: string) => fs.statSync(path).mode & 0o777;
    expect(mode(join(dataDir, "postgres.password"))).toBe(0o600);
    expect(mode(homeFolder())).toBe(0o700);
  });

  it("is adopted after its process was killed, and stops with the adopter", async () => {
    const killed = await startProcess();
    await killed.kill();
    expect(postmaster()).toBeDefined();
    const adopter = await startEmbeddedPostgres(dataDir, forgetful);
    expect(adopter).toMatchObject({ adopted: true, url: killed.url });
    await adopter.stop();
    expect(postmaster()).toBeUndefined();
  });

  it("is one server for processes that start at the same moment, until the last one stops", async () => {
    const all = await Promise.all([startProcess(), startProcess(), startEmbeddedPostgres(dataDir, forgetful)]);
    expect(new Set(all.map((user) => user.url)).size).toBe(1);
    expect(all.filter((user) => !user.adopted)).toHaveLength(1);
    const [first, second, third] = all;
    expect(await first.stop()).toBe("stopped");
    await third.stop();
    await third.stop();
    expect(await ask(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(await second.stop()).toBe("stopped");
    expect(postmaster()).toBeUndefined();
  });

  it("starts again after the server itself was killed, with what was committed", async () => {
    const first = await startEmbeddedPostgres(dataDir);
    await ask(first.url, "CREATE TABLE t AS SELECT 7 AS x");
    process.kill(postmaster()!.pid, "SIGKILL");
    const second = await startEmbeddedPostgres(dataDir, forgetful);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, "SELECT x FROM t")).toEqual([{ x: 7 }]);
    await first.stop();
    await second.stop();
    expect(postmaster()).toBeUndefined();
  });

  it("starts when its number of before now belongs to another program", async () => {
    await (await startEmbeddedPostgres(dataDir, forgetful)).stop();
    const left = `${process.pid}\n${homeFolder()}/cluster\n1\n1\n\n127.0.0.1\n1 1\nready\n`;
    fs.writeFileSync(join(homeFolder(), "cluster/postmaster.pid"), left);
    const server = await startEmbeddedPostgres(dataDir, forgetful);
    expect(server.adopted).toBe(false);
    await server.stop();
  });

  it.runIf(fs.existsSync("/proc/self/stat"))("is in a session of its own", async () => {
    const server = await startEmbeddedPostgres(dataDir, forgetful);
    const session = (pid: number) => fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[3];
    expect(session(postmaster()!.pid)).not.toBe(session(process.pid));
    await server.stop();
  });

  it.runIf(process.getuid?.() === 0)(
    "keeps its database elsewhere when its account cannot reach the data folder",
    async () => {
      fs.chmodSync(outer, 0o700);
      const server = await startEmbeddedPostgres(dataDir, forgetful);
      expect(homeFolder().startsWith(outer)).toBe(false);
      expect(fs.statSync(homeFolder()).uid).not.toBe(0);
      await ask(server.url, "CREATE TABLE t AS SELECT 7 AS x");
      await server.stop();
      const again = await startEmbeddedPostgres(dataDir, forgetful);
      expect(await ask(again.url, "SELECT x FROM t")).toEqual([{ x: 7 }]);
      await again.stop();
    },
  );
});

describe("startEmbeddedPostgres, when it cannot", () => {
  const failure = async () => {
    const error = await startEmbeddedPostgres(dataDir, forgetful).then(
      () => new Error("it started"),
      (reason: Error) => reason,
    );
    expect(error.message).not.toContain("\n");
    return error.message;
  };

  it("names PostgreSQL's reason and its log", async () => {
    await (await startEmbeddedPostgres(dataDir, forgetful)).stop();
    fs.writeFileSync(join(homeFolder(), "cluster/PG_VERSION"), "9.6\n");
    const message = await failure();
    expect(message).toContain("FATAL:  database files are incompatible with server");
    expect(message).toContain(join(homeFolder(), "postgres.log"));
  });

  it("does not begin an empty database where one is missing", async () => {
    await (await startEmbeddedPostgres(dataDir, forgetful)).stop();
    fs.renameSync(join(homeFolder(), "cluster"), join(homeFolder(), "moved"));
    expect(await failure()).toContain(`${homeFolder()}/cluster is missing`);
  });

  it("clears what an interrupted beginning left", async () => {
    fs.mkdirSync(join(dataDir, "postgres/unfinished-x/base"), { recursive: true });
    await (await startEmbeddedPostgres(dataDir, forgetful)).stop();
    expect(fs.readdirSync(homeFolder()).sort()).toEqual(["cluster", "postgres.log"]);
  });
});
