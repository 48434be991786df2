import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RequestContext } from "~/platform/http/fetch-call.server";
import { loadStaticFiles } from "~/platform/http/static-files.server";
import { header, openServer, speak, type TestServer } from "../support/raw-http";

const SCRIPT = `export const words = ${JSON.stringify("agua ".repeat(2_000))};\n`;
const servers: TestServer[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guazu-files-"));
  for (const name of ["assets", ".vite", "icons"]) await mkdir(join(folder, name));
  const files: Record<string, string> = {
    "assets/app-1a2b.js": SCRIPT,
    "assets/app-1a2b.js.map": "{}",
    "assets/tiny-3c.css": "a{}",
    ".vite/manifest.json": "{}",
    ".env": "SECRET=1",
    "icons/icon.png": "\x89PNG",
    "sw.js": "self.x = 1;",
    "sw-off.js": "self.off = 1;",
    "offline.html": "<p>offline</p>",
    "notes.weird": "x",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await writeFile(join(folder, "assets/app-1a2b.js.br"), brotliCompressSync(SCRIPT));
  await writeFile(join(folder, "assets/app-1a2b.js.gz"), gzipSync(SCRIPT));
  await writeFile(join(folder, "..", "guazu-outside.txt"), "outside");
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
  await rm(join(folder, "..", "guazu-outside.txt"));
});

type Seen = { url: string; headers: Record<string, string>; context: RequestContext };

/** A server whose handler says what it saw. */
async function open(options: Partial<Parameters<typeof openServer>[0]> = {}) {
  const server = await openServer({
    files: await loadStaticFiles(folder),
    handler: async (request, context) =>
      Response.json({ url: request.url, headers: Object.fromEntries(request.headers), context } satisfies Seen),
    ...options,
  });
  servers.push(server);
  return server;
}

async function ask(server: TestServer, method: string, path: string, headers: Record<string, string> = {}) {
  const lines = Object.entries({ Host: "chat.test", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const { answers } = await speak(server.port, `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
  const answer = answers[0];
  const seen = answer?.body.startsWith("{") ? (JSON.parse(answer.body) as Seen) : undefined;
  return { status: answer?.status, seen, get: (name: string) => header(answer, name), body: answer?.body ?? "" };
}

describe("the service worker's address", () => {
  it("is never cached, reaches no further than it must, and is taken by one that takes itself away when it is off (TL3)", async () => {
    for (const on of [true, false]) {
      const server = await open({ files: await loadStaticFiles(folder, on) });
      const { status, body, get } = await ask(server, "GET", "/sw.js");
      expect({ status, body }).toEqual({ status: 200, body: on ? "self.x = 1;" : "self.off = 1;" });
      expect(get("cache-control")).toBe("no-cache");
      expect(get("content-type")).toBe("text/javascript; charset=utf-8");
      expect(get("service-worker-allowed")).toBeUndefined();
      expect(get("content-security-policy")).toContain("default-src 'self'");
      expect((await ask(server, "GET", "/sw-off.js")).body).not.toBe("self.off = 1;");
    }
  });
});

describe("the address of a request", () => {
  it("comes from PUBLIC_URL where it is set, whatever Host and proxies claim", async () => {
    const server = await open({ publicUrl: "https://chat.example", trustProxy: true });
    const { seen } = await ask(server, "GET", "/a?b=c", {
      Host: "evil.test",
      "X-Forwarded-Host": "evil.test",
      "X-Forwarded-Proto": "http",
    });
    expect(seen?.url).toBe("https://chat.example/a?b=c");
    expect(seen?.headers.host).toBe("chat.example");
    expect(Object.keys(seen?.headers ?? {}).filter((name) => /forwarded|real-ip/.test(name))).toEqual([
      "x-forwarded-for",
    ]);
  });

  it("comes from Host where PUBLIC_URL is unset, and from X-Forwarded-Host only by a trusted proxy", async () => {
    const headers = {
      "X-Forwarded-Host": "outer.test",
      "X-Forwarded-Proto": "https",
      "X-Forwarded-For": "203.0.113.9",
      Forwarded: "for=1.2.3.4",
    };
    const plain = await ask(await open(), "GET", "/", headers);
    expect(plain.seen).toMatchObject({ url: "http://chat.test/", context: { clientAddress: "127.0.0.1" } });
    expect(plain.get("strict-transport-security")).toBeUndefined();
    expect(plain.seen?.headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(plain.seen?.headers.forwarded).toBeUndefined();
    const behind = await ask(await open({ trustProxy: ["127.0.0.0/8"] }), "GET", "/", headers);
    expect(behind.seen).toMatchObject({ url: "https://outer.test/", context: { clientAddress: "203.0.113.9" } });
    expect(behind.get("strict-transport-security")).toBe("max-age=31536000");
    const elsewhere = await ask(await open({ trustProxy: ["10.0.0.1"] }), "GET", "/", headers);
    expect(elsewhere.seen).toMatchObject({ url: "http://chat.test/", context: { clientAddress: "127.0.0.1" } });
  });

  it("names the request by an id of ours, not of the client's", async () => {
    const { seen, get } = await ask(await open(), "GET", "/", { "X-Request-Id": "mine" });
    expect(seen?.context.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(get("x-request-id")).toBe(seen?.context.requestId);
  });

  it("refuses to open with a proxy that is no address", async () => {
    await expect(open({ trustProxy: ["loopback"] })).rejects.toThrow(/^TRUST_PROXY .*"loopback"/);
  });
});

describe("a request that writes", () => {
  const own = { Origin: "https://chat.example", Cookie: "s=1" };
  let ours: TestServer;
  beforeAll(async () => {
    ours = await open({ publicUrl: "https://chat.example" });
  });

  it.each<[name: string, headers: Record<string, string>, status: number]>([
    ["our page", own, 200],
    ["another site", { ...own, Origin: "https://evil.test" }, 403],
    ["a site whose name begins like ours", { ...own, Origin: "https://chat.example.evil.test" }, 403],
    ["our name without TLS", { ...own, Origin: "http://chat.example" }, 403],
    ["our name on another port", { ...own, Origin: "https://chat.example:8443" }, 403],
    ["a page without an origin", { ...own, Origin: "null" }, 403],
    ["an origin that is nonsense", { ...own, Origin: "chat.example" }, 403],
    ["another site, without a cookie", { Origin: "https://evil.test" }, 403],
    ["a browser that names no origin, from our page", { Cookie: "s=1", "Sec-Fetch-Site": "same-origin" }, 200],
    ["a browser that names no origin, from a sister site", { Cookie: "s=1", "Sec-Fetch-Site": "same-site" }, 403],
    ["nobody says whom, with a cookie", { Cookie: "s=1" }, 403],
    ["a program without a cookie", {}, 200],
  ])("comes from %s", async (_, headers, status) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      for (const path of ["/inbox", "/login.data", "/c/demo?index", "/api", "/webhooks"])
        expect((await ask(ours, method, path, headers)).status, `${method} ${path}`).toBe(status);
    expect((await ask(ours, "GET", "/inbox", headers)).status).toBe(200);
  });

  it("is the browser's own where another app shares, which no page can say of itself (TD1)", async () => {
    const shares = { "Sec-Fetch-Site": "none", Origin: "null", Cookie: "s=1" };
    expect((await ask(ours, "POST", "/share", shares)).status).toBe(200);
    for (const path of ["/inbox", "/share.data", "/share/x", "/shared"])
      expect((await ask(ours, "POST", path, shares)).status, path).toBe(403);
    for (const site of ["cross-site", "same-site"])
      expect((await ask(ours, "POST", "/share", { ...shares, "Sec-Fetch-Site": site })).status, site).toBe(403);
  });

  it("is measured by Host where PUBLIC_URL is unset, under any scheme", async () => {
    const server = await open();
    for (const [origin, status] of [
      ["http://chat.test", 200],
      ["https://chat.test", 200],
      ["http://chat.test:81", 403],
      ["http://evil.test", 403],
    ] as const)
      expect((await ask(server, "POST", "/inbox", { Origin: origin, Cookie: "s=1" })).status, origin).toBe(status);
    expect(
      (await ask(server, "POST", "/inbox", { Host: "chat.test:3000", Origin: "http://chat.test:3000" })).status,
    ).toBe(200);
  });

  it("reaches doors that sign each call themselves, but without the browser's cookie", async () => {
    const server = ours;
    for (const path of ["/api/v1/me", "/webhooks/meta", "/uploads", "/uploads/1"]) {
      const foreign = await ask(server, "POST", path, {
        Origin: "https://evil.test",
        Cookie: "s=1",
        Authorization: "Bearer gza_x",
      });
      expect(foreign.status).toBe(200);
      expect(foreign.seen?.headers).toMatchObject({ authorization: "Bearer gza_x" });
      expect(foreign.seen?.headers.cookie).toBeUndefined();
      expect((await ask(server, "POST", path, { Cookie: "s=1" })).seen?.headers.cookie).toBeUndefined();
      expect((await ask(server, "POST", path, own)).seen?.headers.cookie).toBe("s=1");
    }
  });
});

describe("every answer, errors too", () => {
  it("carries what tells a browser to be careful", async () => {
    const server = await open({
      publicUrl: "https://chat.example",
      handler: async (request) => {
        if (request.url.endsWith("/throws")) throw new Error("on purpose");
        return new Response("x", { status: request.url.endsWith("/404") ? 404 : 200 });
      },
    });
    for (const [method, path, headers] of [
      ["GET", "/", {}],
      ["GET", "/404", {}],
      ["GET", "/throws", {}],
      ["GET", "/healthz", {}],
      ["GET", "/readyz", {}],
      ["GET", "/assets/app-1a2b.js", {}],
      ["GET", "/assets/gone.js", {}],
      ["GET", "/offline.html", {}],
      ["GET", "/../x", {}],
      ["TRACE", "/", {}],
      ["POST", "/inbox", { Origin: "https://evil.test" }],
      ["POST", "/inbox", { "Content-Length": "999999999" }],
    ] as const) {
      const answer = await ask(server, method, path, headers);
      const told = `${method} ${path}`;
      expect(answer.get("x-content-type-options"), told).toBe("nosniff");
      expect(answer.get("referrer-policy"), told).toBe("strict-origin-when-cross-origin");
      expect(answer.get("cross-origin-opener-policy"), told).toBe("same-origin");
      expect(answer.get("cross-origin-resource-policy"), told).toBe("same-origin");
      expect(answer.get("permissions-policy"), told).toContain("microphone=(self)");
      expect(answer.get("x-frame-options"), told).toBe("DENY");
      expect(answer.get("content-security-policy"), told).toContain("frame-ancestors 'none'");
      expect(answer.get("strict-transport-security"), told).toBe("max-age=31536000");
      expect(answer.get("x-request-id"), told).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.get("cache-control"), told).toBeTruthy();
      expect(answer.get("uwebsockets"), told).toBeUndefined();
      expect(answer.body, told).not.toContain("on purpose");
    }
  });

  it("may be framed on other sites only below /c/, and only the widget's script may be loaded by them", async () => {
    const server = await open();
    const chat = await ask(server, "GET", "/c/demo");
    expect([chat.get("x-frame-options"), chat.get("content-security-policy")]).toEqual([
      undefined,
      expect.stringContaining("frame-ancestors 'self'"),
    ]);
    expect((await ask(server, "GET", "/c")).get("x-frame-options")).toBe("DENY");
    expect((await ask(server, "GET", "/widget.js")).get("cross-origin-resource-policy")).toBe("cross-origin");
  });

  it("is not stored, unless it says otherwise itself", async () => {
    const server = await open({
      handler: async () =>
        new Response("x", { headers: { "Cache-Control": "public, max-age=5", "X-Frame-Options": "SAMEORIGIN" } }),
    });
    expect((await ask(await open(), "GET", "/")).get("cache-control")).toBe("no-store");
    const own = await ask(server, "GET", "/");
    expect([own.get("cache-control"), own.get("x-frame-options")]).toEqual(["public, max-age=5", "SAMEORIGIN"]);
  });
});

describe("a file", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await open();
  });

  it("of a build is kept for ever, others are asked for again", async () => {
    const caching = async (path: string) => (await ask(server, "GET", path)).get("cache-control");
    expect(await caching("/assets/app-1a2b.js")).toBe("public, max-age=31536000, immutable");
    expect(await caching("/sw.js")).toBe("no-cache");
    expect(await caching("/offline.html")).toBe("no-cache");
    expect(await caching("/icons/icon.png")).toBe("public, max-age=3600");
  });

  it.each(["br", "gzip"])("comes compressed as %s where that helps, the same each time", async (coding) => {
    const decode = coding === "br" ? brotliDecompressSync : gunzipSync;
    for (let time = 0; time < 2; time++) {
      const answer = await ask(server, "GET", "/assets/app-1a2b.js", {
        "Accept-Encoding": `identity, ${coding};q=0.5`,
      });
      expect(answer.get("content-encoding")).toBe(coding);
      expect(answer.get("vary")).toBe("accept-encoding");
      expect(Number(answer.get("content-length"))).toBeLessThan(500);
      expect(decode(Buffer.from(answer.body, "latin1")).toString()).toBe(SCRIPT);
    }
    const plain = await ask(server, "GET", "/assets/app-1a2b.js", { "Accept-Encoding": `${coding};q=0` });
    expect([plain.get("content-encoding"), plain.body]).toEqual([undefined, SCRIPT]);
    expect(
      (await ask(server, "GET", "/assets/tiny-3c.css", { "Accept-Encoding": coding })).get("content-encoding"),
    ).toBeUndefined();
  });

  it("that the client has is not sent again", async () => {
    const etag = (await ask(server, "GET", "/sw.js")).get("etag") ?? "";
    const fresh = await ask(server, "GET", "/sw.js", { "If-None-Match": `"other", W/${etag}` });
    expect([fresh.status, fresh.body, fresh.get("etag"), fresh.get("content-length")]).toEqual([
      304,
      "",
      etag,
      undefined,
    ]);
    expect((await ask(server, "GET", "/sw.js", { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it("comes in parts", async () => {
    const part = async (range: string, more = {}) => {
      const answer = await ask(server, "GET", "/sw.js", { Range: range, ...more });
      return [answer.status, answer.get("content-range"), answer.body];
    };
    expect(await part("bytes=0-3")).toEqual([206, "bytes 0-3/11", "self"]);
    expect(await part("bytes=5-")).toEqual([206, "bytes 5-10/11", "x = 1;"]);
    expect(await part("bytes=-2")).toEqual([206, "bytes 9-10/11", "1;"]);
    expect(await part("bytes=5-999")).toEqual([206, "bytes 5-10/11", "x = 1;"]);
    expect(await part("bytes=11-")).toEqual([416, "bytes */11", ""]);
    expect(await part("bytes=-0")).toEqual([416, "bytes */11", ""]);
    for (const odd of ["bytes=0-1,3-4", "bytes=5-2", "lines=0-1", "bytes=-", "bytes=a-b"])
      expect(await part(odd)).toEqual([200, undefined, "self.x = 1;"]);
    expect(await part("bytes=0-3", { "If-Range": '"other"' })).toEqual([200, undefined, "self.x = 1;"]);
    const head = await ask(server, "HEAD", "/sw.js");
    expect([head.status, head.get("content-length"), head.get("accept-ranges"), head.body]).toEqual([
      200,
      "11",
      "bytes",
      "",
    ]);
  });

  it("outside of the table does not exist", async () => {
    const hidden = [
      "/assets/app-1a2b.js.map",
      "/.vite/manifest.json",
      "/.env",
      "/notes.weird",
      "/assets/",
      "/assets",
      "/SW.JS",
      "/sw.js/",
    ];
    for (const path of hidden) {
      const answer = await ask(server, "GET", path);
      expect(answer.seen?.url ?? answer.status, path).toBe(
        path.startsWith("/assets/") ? 404 : `http://chat.test${path}`,
      );
    }
    for (const path of [
      "/../guazu-outside.txt",
      "/assets/../../guazu-outside.txt",
      "/%2e%2e/guazu-outside.txt",
      "/assets/..%2f..%2fguazu-outside.txt",
      "/..%5cguazu-outside.txt",
    ]) {
      const answer = await ask(server, "GET", path);
      expect(answer.body, path).toMatch(/^(?:400 bad_path|404 not_found|\{"url")/);
    }
  });

  it("has a policy of its own and its right type", async () => {
    const page = await ask(server, "GET", "/offline.html");
    expect(page.get("content-security-policy")).toContain("default-src 'self'");
    expect(page.get("content-type")).toBe("text/html; charset=utf-8");
    expect((await ask(server, "GET", "/icons/icon.png")).get("content-type")).toBe("image/png");
  });
});

describe("health", () => {
  it("is told without a handler, and readiness as the runtime says", async () => {
    let ready = false;
    const server = await open({ handler: undefined, files: undefined, ready: () => ready });
    expect(await ask(server, "GET", "/healthz")).toMatchObject({ status: 200, body: "ok" });
    expect((await ask(server, "GET", "/readyz")).status).toBe(503);
    ready = true;
    expect(await ask(server, "GET", "/readyz")).toMatchObject({ status: 200, body: "ready" });
    expect(await ask(server, "HEAD", "/readyz")).toMatchObject({ status: 200, body: "" });
    expect((await ask(server, "GET", "/inbox")).status).toBe(404);
  });

  it("does not share its port", async () => {
    const server = await open();
    await expect(open({ port: server.port })).rejects.toThrow(new RegExp(`^PORT ${server.port} `));
  });
});
