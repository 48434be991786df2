import { execFile } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const out = resolve("node_modules", ".cache", `import-is-quiet-${process.pid}.mjs`);

/** All that runs on a server or in both: not what tests are made of, nor what begins in a browser or its worker. */
const NOT_MODULES =
  /(\.test\.tsx?$)|(\/testing\/)|(fixture)|(entry\.client)|(\.d\.ts$)|(^app\/routes\.ts$)|(^app\/service-worker\/)/;

const REPORT = `
const before = process.getActiveResourcesInfo();
const listenersBefore = process.eventNames().length;
const timers = [];
const { setTimeout: timeout, setInterval: interval } = globalThis;
globalThis.setTimeout = (...given) => { timers.push(new Error().stack); return timeout(...given); };
globalThis.setInterval = (...given) => { timers.push(new Error().stack); return interval(...given); };
const loaded = [];
await load((name) => loaded.push(name));
await new Promise((done) => setImmediate(done));
const kept = process.getActiveResourcesInfo().filter((kind) => !["TTYWrap", "PipeWrap", "Immediate", "FSReqPromise", "FSReqCallback", "CloseReq"].includes(kind));
console.log(JSON.stringify({ loaded: loaded.length, kept, timers: timers.filter((stack) => !stack.includes("/node_modules/")), signals: process.eventNames().filter((name) => /^SIG/.test(String(name))), before }));
`;

describe("importing every module", () => {
  let modules: string[] = [];

  beforeAll(async () => {
    const files = (folder: string) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
    modules = [...files("app"), ...files("db")].filter((path) => /[.]tsx?$/.test(path) && !NOT_MODULES.test(path));
    const imports = modules.map(
      (path) => `await import(${JSON.stringify(resolve(path))}); tell(${JSON.stringify(path)});`,
    );
    await build({
      stdin: {
        contents: `const load = async (tell) => {\n${imports.join("\n")}\n};\n${REPORT}`,
        resolveDir: resolve("."),
        loader: "ts",
      },
      outfile: out,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      jsx: "automatic",
      alias: { "~": resolve("app"), "~db": resolve("db") },
      loader: { ".css": "empty", ".svg": "dataurl", ".woff2": "empty" },
      plugins: [
        {
          name: "what Vite makes of an address",
          setup(b) {
            b.onResolve({ filter: /[?]url$|^virtual:/ }, ({ path }) => ({ path, namespace: "vite" }));
            b.onLoad({ filter: /.*/, namespace: "vite" }, () => ({ contents: "export default '';" }));
          },
        },
      ],
      logLevel: "silent",
    });
  });
  afterAll(() => rmSync(out, { force: true }));

  it("opens no connection, no listener and no timer, and lets the process end", async () => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production" };
    const { stdout } = await run(process.execPath, [out], { env: env as NodeJS.ProcessEnv, timeout: 60_000 });
    const report = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    expect(report.loaded).toBe(modules.length);
    expect(modules.length).toBeGreaterThan(200);
    expect(report.kept).toEqual([]);
    expect(report.timers).toEqual([]);
    expect(report.signals).toEqual([]);
  });

  it("would notice one that does", async () => {
    const loud = join(resolve("node_modules", ".cache"), `loud-${process.pid}.mjs`);
    writeFileSync(
      loud,
      `const load = async (tell) => { (await import("node:net")).createServer().listen(0); setInterval(() => {}, 1e6); tell("x"); };\n${REPORT}\nprocess.exit(0);`,
    );
    try {
      const { stdout } = await run(process.execPath, [loud]);
      const report = JSON.parse(stdout.trim());
      expect(report.kept).toContain("TCPServerWrap");
      expect(report.kept).toContain("Timeout");
    } finally {
      rmSync(loud, { force: true });
    }
  });
});
