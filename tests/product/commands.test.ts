import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryDataDir } from "../support/data/data-dir";
import { apiOf, freePort, type Product, runCli, runNode, runServer, startProduct } from "../support/product";

const ADMIN = ["--admin-email", "rosa@ejemplo.com", "--admin-password", "mandioca frita con queso"];

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.dispose());

describe("starting and stopping", () => {
  it("serves its pages and says where to go, with the demo's password as long as it is known (TC14)", async () => {
    for (const path of ["/", "/login", "/c/demo", "/healthz", "/readyz"]) {
      const answer = await fetch(product.url + path);
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    }
    for (const part of [`${product.url}/c/demo`, "admin@demo.test", "cliente@demo.test", "guazu-demo-2026"])
      expect(product.said()).toContain(part);
  });

  it("refuses a second server on the same data, and names who holds it", async () => {
    const second = await runServer({ ...product.settings, PORT: String(await freePort()) });
    expect(second.code).toBe(1);
    expect(second.stderr.trim().split("\n")).toHaveLength(1);
    expect(second.stderr).toContain(`process ${product.pid()}`);
    expect(second.stderr).toContain(product.dataDir);
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  });

  it("refuses a port that is taken with one clear line", async () => {
    const dataDir = temporaryDataDir();
    const second = await runServer({ ...product.settings, DATA_DIR: dataDir, DEMO: "0" });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(String(product.port));
    expect(second.stderr.trim().split("\n")).toHaveLength(1);
    rmSync(resolve(dataDir, ".."), { recursive: true });
  });

  it("makes no account that anybody knows unless DEMO says so (TC14)", async () => {
    const bare = await startProduct({ env: { DEMO: "" } });
    try {
      expect(await bare.cli("org:list")).toEqual({ data: [] });
      expect(bare.said()).not.toContain("guazu-demo-2026");
      for (const email of ["admin@demo.test", "agente@demo.test", "cliente@demo.test", "admin@localhost"]) {
        const body = new URLSearchParams({ email, password: "guazu-demo-2026" });
        const answer = await fetch(`${bare.url}/login`, { method: "POST", body, headers: { origin: bare.url } });
        expect(answer.status, email).toBe(401);
      }
    } finally {
      await bare.dispose();
    }
  });

  it("stops with 0, and finds everything again at the next start", async () => {
    const api = await product.api();
    const before = await api<{ id: string }[]>("GET", "/tickets");
    expect(before.data.length).toBeGreaterThan(0);
    expect(await product.stop()).toBe(0);
    await expect(fetch(product.url)).rejects.toThrow();
    await product.startAgain();
    expect((await api<{ id: string }[]>("GET", "/tickets")).data.map(({ id }) => id)).toEqual(
      before.data.map(({ id }) => id),
    );
  });

  it("adopts its database after having been killed", async () => {
    const api = await product.api();
    const before = await api<unknown[]>("GET", "/tickets");
    await product.kill9();
    await product.startAgain();
    expect((await api<unknown[]>("GET", "/tickets")).data).toEqual(before.data);
  });
});

const WRONG: [name: string, value: string][] = [
  ["PORT", "setenta"],
  ["PORT", "70000"],
  ["PUBLIC_URL", "chat.ejemplo.com"],
  ["DATABASE_URL", "mysql://127.0.0.1/x"],
  ["REDIS_URL", "127.0.0.1:6379"],
  ["SERVICES", "web,todo"],
  ["SECRET_KEY", "corta-y-secreta"],
  ["META_GRAPH_URL", "graph.facebook.com"],
  ["META_VERSION", "25"],
  ["DEMO", "si"],
  ["LOG_LEVEL", "mucho"],
  ["SERVICE_WORKER", "no"],
  ["S3_ENDPOINT", "bucket"],
  ["METRICS_TOKEN", "corta-y-secreta"],
  ["TRUST_PROXY", "loopback"],
];

/** Starts the build's runtime with each wrong setting in turn, in one process, and prints what it answers. */
const START_EACH = `
const { runtime } = (await import(process.argv[1])).entry.module;
const answers = [];
for (const [name, value] of JSON.parse(process.argv[2]))
  answers.push(await runtime.start({ DATA_DIR: "/nowhere", [name]: value }).then(() => "started", (error) => error.message));
process.stdout.write(JSON.stringify(answers), () => process.exit(0));`;

describe("a wrong setting", () => {
  it.each([
    ["PORT", "setenta"],
    ["LOG_LEVEL", "mucho"],
  ])("stops the start with one line that names %s=%s", async (name, value) => {
    const { code, stdout, stderr } = await runServer({ DATA_DIR: "/nowhere", [name]: value });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr.startsWith(`${name} `)).toBe(true);
  });

  it("is named, whichever it is, and no secret's value is shown", async () => {
    const build = pathToFileURL(resolve("build/server/index.js")).href;
    const { stdout } = await runNode(["--input-type=module", "-e", START_EACH, "--", build, JSON.stringify(WRONG)], {});
    const answers = JSON.parse(stdout) as string[];
    expect(answers.map((answer) => answer.split(" ")[0])).toEqual(WRONG.map(([name]) => name));
    for (const answer of answers) expect(answer).not.toContain("\n");
    expect(stdout).not.toContain("corta-y-secreta");
  });
});

const WRONG_CALLS: [args: string[], part: string][] = [
  [["token:create", "--scopes", "*"], "--org"],
  [["token:create", "--org", "nadie", "--scopes", "*"], "nadie"],
  [["channel:create", "--org", "demo", "--kind", "fax", "--settings", "{}"], "fax"],
  [["channel:create", "--org", "demo", "--kind", "whatsapp", "--settings", "{"], "--settings"],
  [["jobs:dead", "--loud"], "loud"],
  [["token:revoke", "--org", "demo", "--id", "not-an-id"], "not-an-id"],
  [["account:reset", "--email", "nadie"], "no e-mail address"],
  [["account:reset", "--email", "nadie@demo.test"], "nadie@demo.test"],
  [["channel:create", "--org", "demo", "--kind", "web", "--area", "Sótano"], "Sótano"],
  [["demo:load", "--tickets", "0"], "--tickets"],
  [["report:list", "--since", "ayer"], "--since"],
  ...["-1", "5 GB", "1.5"].map((bytes): [string[], string] => [
    ["org:quota", "--org", "demo", `--bytes=${bytes}`],
    "--bytes must be a whole number of bytes, or none\n",
  ]),
];

/** Runs the build's command with each of these words in turn, in one process, and prints what each said. */
const RUN_EACH = `
const { runCommand } = (await import(process.argv[1])).entry.module;
const answers = [];
for (const words of JSON.parse(process.argv[2])) {
  const said = { stdout: "", stderr: "" };
  const back = Object.keys(said).map((name) => {
    const { write } = process[name];
    process[name].write = (text) => { said[name] += text; return true; };
    return () => { process[name].write = write; };
  });
  const code = await runCommand(words);
  for (const restore of back) restore();
  answers.push({ code, ...said });
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));`;

describe("administration beside a running server", () => {
  it("answers with one line of JSON, by the script that npm runs too", async () => {
    for (const ended of [
      await runCli(product.settings, "org:list", "--json"),
      await runNode(["scripts/guazu.mjs", "org:list", "--json"], product.settings),
    ]) {
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: "" });
      expect(ended.stdout.trim().split("\n")).toHaveLength(1);
      const { data } = JSON.parse(ended.stdout);
      expect(data).toMatchObject([{ handle: "demo" }]);
    }
  });

  it("makes an organisation, whose public chat is there at once", async () => {
    const made = await product.cli("org:create", "--handle", "rosas", "--name", "Rosas", ...ADMIN);
    expect(made).toMatchObject({ handle: "rosas" });
    const listed = await product.cli<{ data: { handle: string }[] }>("org:list");
    expect(listed.data.map(({ handle }) => handle).sort()).toEqual(["demo", "rosas"]);
    expect((await fetch(`${product.url}/c/rosas`)).status).toBe(200);
    const twice = await runCli(product.settings, "org:create", "--handle", "rosas", "--name", "Otra", ...ADMIN);
    expect(twice.code).toBe(1);
  });

  it("makes a token that the API takes at once, for whom it was asked", async () => {
    const { id, token } = await product.cli(
      "token:create",
      "--org",
      "demo",
      "--scopes",
      "*",
      "--member",
      "agente@demo.test",
    );
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const me = await apiOf(product.url, token!)<Record<string, unknown>>("GET", "/me");
    expect(me.status).toBe(200);
    expect(JSON.stringify(me.data)).toContain("Bruno Acosta");
  });

  it("makes a channel, and never tells its secrets", async () => {
    const settings = { phone_number_id: "777", waba_id: "100", access_token: "muy-secreto" };
    const made = await product.cli(
      "channel:create",
      "--org",
      "demo",
      "--kind",
      "whatsapp",
      "--settings",
      JSON.stringify(settings),
    );
    expect(made).toMatchObject({ kind: "whatsapp" });
    const channels = await (await product.api())<{ id: string }[]>("GET", "/channels");
    expect(channels.data.map(({ id }) => id)).toContain(made.id);
    expect(JSON.stringify(channels.data)).not.toContain("muy-secreto");
  });

  it("shuts an organisation and opens it again", async () => {
    const api = await product.api();
    const states = async () => [(await api("GET", "/me")).status, (await fetch(`${product.url}/c/demo`)).status];
    expect(await product.cli("org:suspend", "--org", "demo")).toMatchObject({ suspended: true });
    await expect.poll(states).toEqual([401, 404]);
    const { data } = await product.cli<{ data: { handle: string; suspended_at: string | null }[] }>("org:list");
    expect(data.find(({ handle }) => handle === "demo")?.suspended_at).toEqual(expect.any(String));
    expect(await product.cli("org:suspend", "--org", "demo", "--resume")).toMatchObject({ suspended: false });
    await expect.poll(states).toEqual([200, 200]);
  });

  it("gives an organisation room for its files, and takes the limit away", async () => {
    const quota = (...more: string[]) => product.cli("org:quota", "--org", "demo", ...more);
    const { used } = await quota();
    expect(await quota("--bytes", "5000000000")).toMatchObject({ file_quota: 5_000_000_000, used });
    expect(await quota()).toMatchObject({ file_quota: 5_000_000_000 });
    expect(await quota("--bytes", "none")).toMatchObject({ file_quota: null });
  });

  it("makes a link by which a forgotten password is set anew", async () => {
    const { link, expires_in } = await product.cli("account:reset", "--email", "agente@demo.test");
    expect(link).toMatch(new RegExp(`^${product.url}/reset\\?token=`));
    expect(expires_in).toBeGreaterThan(60);
    expect((await fetch(link ?? "")).status).toBe(200);
  });

  it("takes an area by its name", async () => {
    const made = await product.cli("channel:create", "--org", "demo", "--kind", "web", "--area", "soporte");
    const { data } = await (await product.api())<{ id: string; name: string; area_id: string }[]>("GET", "/channels");
    const areas = new Set(data.map(({ area_id }) => area_id));
    expect(areas.size).toBe(2);
    expect([...areas].at(-1)).toBe(data.find(({ id }) => id === made.id)?.area_id);
  });

  it("lists no dead letters and no reports while there are none", async () => {
    expect(await product.cli("jobs:dead")).toEqual({ data: [] });
    expect(await product.cli("report:list", "--since", "2026-01-31")).toEqual({ data: [] });
  });

  it("ends with 1 and one clear line when it is called wrongly", async () => {
    const { code, stdout, stderr } = await runCli(product.settings, "org:explode", "--json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("commands:");
  });

  it("explains whatever was wrong", async () => {
    const build = pathToFileURL(resolve("build/server/index.js")).href;
    const calls = JSON.stringify(WRONG_CALLS.map(([args]) => [...args, "--json"]));
    const ended = await runNode(["--input-type=module", "-e", RUN_EACH, "--", build, calls], product.settings);
    const answers = JSON.parse(ended.stdout) as { code: number; stdout: string; stderr: string }[];
    expect(answers).toHaveLength(WRONG_CALLS.length);
    for (const [n, [args, part]] of WRONG_CALLS.entries())
      expect(answers[n], args.join(" ")).toEqual({ code: 1, stdout: "", stderr: expect.stringContaining(part) });
  });
});
