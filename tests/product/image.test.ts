import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryDataDir } from "../support/data/data-dir";
import { freePort } from "../support/product";

const lines = readFileSync("Dockerfile", "utf8")
  .replaceAll(/\\\n\s*/g, " ")
  .split("\n")
  .filter((line) => /^[A-Z]+ /.test(line));
const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
const instruction = (word: string) => last.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
/** What the last stage takes from the first, as paths of the repository. */
const copied = last.flatMap((line) => /^COPY --from=build \/app\/(\S+) \.\/(\S+)$/.exec(line)?.slice(1, 3) ?? []);

/** A map lets whoever asks read the source. */
const maps = (path: string) =>
  readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => /\.map$/.test(name));

describe("the image", () => {
  const folder = mkdtempSync(join(tmpdir(), "guazu-image-"));
  const dataDir = temporaryDataDir();
  afterAll(() => {
    for (const path of [folder, join(folder, "build"), join(folder, "db")])
      if (existsSync(path)) chmodSync(path, 0o755);
    rmSync(folder, { recursive: true, force: true });
    rmSync(resolve(dataDir, ".."), { recursive: true, force: true });
  });

  it("runs on Node 22, as nobody special, and is asked for its health", () => {
    expect(lines.filter((line) => line.startsWith("FROM ")).every((line) => /node:22-/.test(line))).toBe(true);
    expect(instruction("USER")).toBe("node");
    expect(instruction("HEALTHCHECK")).toContain("/healthz");
    const ignored = readFileSync(".dockerignore", "utf8").split("\n");
    for (const name of [".git", ".env", "data", "node_modules", "tests"]) expect(ignored).toContain(name);
    expect(maps("build")).toEqual([]);
  });

  it("has all that serving needs: what it copies serves in an empty folder that nobody may write (TM5)", async () => {
    const paths = copied.filter((_, place) => place % 2 === 0);
    expect(paths).toContain("build");
    for (const path of paths) {
      expect(existsSync(path), path).toBe(true);
      if (path === "node_modules") symlinkSync(resolve(path), join(folder, path));
      else cpSync(path, join(folder, path), { recursive: true });
      expect(dirname(join(folder, path)).startsWith(folder)).toBe(true);
    }
    for (const path of [folder, join(folder, "build"), join(folder, "db")]) chmodSync(path, 0o555);
    const [program = "", ...args] = JSON.parse(instruction("CMD") ?? "[]") as string[];
    expect(program).toBe("node");
    const port = await freePort();
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, NODE_ENV: "production", PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: "silent" };
    const child = spawn(process.execPath, args, { cwd: folder, env: env as NodeJS.ProcessEnv, stdio: "ignore" });
    const ended = new Promise<number | null>((done) => child.on("exit", done));
    try {
      const get = (path: string) =>
        fetch(`http://127.0.0.1:${port}${path}`).then(
          (answer) => answer.status,
          () => 0,
        );
      await expect.poll(() => get("/readyz"), { timeout: 150_000 }).toBe(200);
      expect(await get("/healthz")).toBe(200);
      expect(await get("/login")).toBe(200);
      // Serving makes no demo by itself (TC14).
      expect(await get("/c/demo")).toBe(404);
      for (const hidden of ["/.git/config", "/.env", "/package.json", "/server.js", "/build/server.js", "/assets/.env"])
        expect(await get(hidden), hidden).toBe(404);
    } finally {
      child.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
  }, 240_000);
});
