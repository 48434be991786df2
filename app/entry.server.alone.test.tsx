import { Await, isRouteErrorResponse, Links, Outlet, Scripts, useLoaderData, useRouteError } from "@remix-run/react";
import type { LoaderFunctionArgs, ServerBuild } from "@remix-run/server-runtime";
import { type ReactNode, Suspense } from "react";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { conflict, notFound, tooMany, unavailable } from "~/platform/errors";
import { remixHandler } from "~/platform/http/remix-handler.server";
import { log } from "~/platform/log.server";
import { useNonce } from "~/ui/nonce";

vi.mock("./runtime.server", () => ({ runtime: {} }));
const logged = vi.hoisted(() => ({ error: vi.fn(), warn: vi.fn(), debug: vi.fn() }));
vi.mock("~/platform/log.server", () => ({ log: { ...logged, child: () => logged } }));

function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  return (
    <html lang="es">
      <head>
        <Links />
      </head>
      <body>
        {children}
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

function Fault() {
  const error = useRouteError();
  return (
    <p>
      {isRouteErrorResponse(error)
        ? `fault ${error.status} ${JSON.stringify(error.data)}`
        : `broken ${(error as Error).message}`}
    </p>
  );
}

const Words = () => <p>{useLoaderData<{ words: string }>().words}</p>;
const Late = () => {
  const { words } = useLoaderData() as { words: Promise<string> };
  return (
    <Suspense fallback={<p>waiting</p>}>
      <Await resolve={words}>{(text) => <p>{text}</p>}</Await>
    </Suspense>
  );
};
const Thrown = (): ReactNode => {
  throw new Error("secret of the component");
};
const throwing = (error: unknown) => () => {
  throw error;
};

type Module = Record<string, unknown>;
const modules: Record<string, Module> = {
  words: { loader: () => ({ words: "</script><script>alert(1)</script> ñ" }), default: Words },
  late: { loader: () => ({ words: new Promise((done) => setTimeout(done, 30, "at last")) }), default: Late },
  "late-failure": { loader: () => ({ words: Promise.reject(new Error("secret of the promise")) }), default: Late },
  gone: { loader: throwing(notFound("ticket")), default: Words },
  taken: {
    action: throwing(conflict("already_claimed", { by: "Ana" })),
    loader: () => ({ words: "x" }),
    default: Words,
  },
  busy: { loader: throwing(unavailable(new Error("secret cause"))), default: Words },
  bug: { loader: throwing(new Error("secret of the loader")), default: Words },
  broken: { loader: () => ({ words: "x" }), default: Thrown },
  redirect: { loader: throwing(new Response(null, { status: 302, headers: { location: "/words" } })), default: Words },
  "data/limited": { loader: throwing(tooMany(7)) },
  "data/bug": { loader: throwing(new Error("secret of the resource")) },
  "data/context": { loader: ({ context }: LoaderFunctionArgs) => Response.json(context) },
};

let handle: (path: string, init?: RequestInit) => Promise<Response>;
beforeAll(async () => {
  vi.stubEnv("DEV", false);
  const entry = await import("./entry.server");
  const ids = Object.keys(modules);
  const routes = ids.map((id) => [id, { id, parentId: "root", path: id, module: modules[id] }]);
  const assets = ids.map((id) => [
    id,
    { id, parentId: "root", path: id, hasLoader: true, hasAction: true, module: `/assets/${id}.js` },
  ]);
  const build = {
    entry: { module: entry },
    routes: {
      root: { id: "root", path: "", module: { default: Outlet, Layout, ErrorBoundary: Fault } },
      ...Object.fromEntries(routes),
    },
    assets: {
      entry: { module: "/assets/entry.js", imports: [] },
      routes: { root: { id: "root", path: "", module: "/assets/root.js" }, ...Object.fromEntries(assets) },
      url: "/assets/manifest.js",
      version: "1",
    },
    publicPath: "/",
    assetsBuildDirectory: "",
    mode: "production",
    isSpaMode: false,
    future: { v3_singleFetch: true, v3_lazyRouteDiscovery: true, v3_throwAbortReason: true },
  } as unknown as ServerBuild;
  const handler = remixHandler(build, "production");
  handle = (path, init) =>
    handler(new Request(`https://chat.test/${path}`, init), { clientAddress: "203.0.113.9", requestId: "id-1" });
});
beforeEach(() => {
  for (const spy of Object.values(logged)) spy.mockClear();
});

/** What a browser would run: the data written into the page, decoded. */
async function page(path: string, init?: RequestInit) {
  const response = await handle(path, init);
  const html = await response.text();
  return { response, html, scripts: [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes ?? "") };
}

describe("a page", () => {
  it("whose data are at hand is rendered in one go, with its data in it", async () => {
    const { response, html } = await page("words");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toMatch(/^<!DOCTYPE html><html lang="es">/);
    expect(html).toContain("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; ñ</p>");
    expect(html).toMatch(/streamController\.enqueue\(".*\\\\u003c\/script|streamController\.enqueue\(".*u003c/s);
    expect(html).toContain("streamController.close()");
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<!--$?-->");
  });

  it("lets scripts run by the answer's nonce alone", async () => {
    const { response, scripts } = await page("words");
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(scripts.length).toBeGreaterThan(2);
    for (const attributes of scripts) expect(attributes).toContain(`nonce="${nonce}"`);
    expect(policy).toContain("object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    expect(policy).toContain("connect-src 'self' wss://chat.test;");
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
    expect((await page("words")).response.headers.get("content-security-policy")).not.toContain(String(nonce));
  });

  it("that waits for a promise streams: its shell first, the rest when it is there", async () => {
    const response = await handle("late");
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const first = (await reader.read()).value ?? "";
    expect(first).toContain("waiting");
    expect(first).not.toContain("at last");
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) rest += part.value;
    expect(rest).toContain("at last");
    const nonce = /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
    const scripts = [...(first + rest).matchAll(/<script([^>]*)>/g)];
    for (const [, attributes] of scripts) expect(attributes).toContain(`nonce="${nonce}"`);
  });

  it("waits for everything when a robot asks", async () => {
    const { html } = await page("late", {
      headers: { "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" },
    });
    expect(html).toContain("<p>at last</p>");
    expect(html).not.toContain("waiting");
  });

  it("tells nothing of a promise that failed in the data it writes", async () => {
    const { html } = await page("late-failure");
    const data = [...html.matchAll(/streamController\.enqueue\((.*?)\);<\/script>/gs)].map(([, text]) => text).join();
    expect(data).toContain("Unexpected Server Error");
    expect(data).not.toContain("secret");
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const gone = new AbortController();
      await page("words", { signal: gone.signal });
      // The one that Remix sets for the data's stream ends with the request's signal, which the adapter fires after the answer.
      gone.abort();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("an error", () => {
  it("that the product foresees keeps its status and code", async () => {
    const { response, html } = await page("gone");
    expect(response.status).toBe(404);
    expect(html).toContain("fault 404");
    expect(html).toContain(
      "{&quot;code&quot;:&quot;not_found&quot;,&quot;data&quot;:{&quot;what&quot;:&quot;ticket&quot;},&quot;request_id&quot;:&quot;id-1&quot;}",
    );
    expect((await page("taken", { method: "POST" })).response.status).toBe(409);
    expect(logged.error).not.toHaveBeenCalled();
  });

  it("of a part that is down is told as such, without its cause", async () => {
    const { response, html } = await page("busy");
    expect(response.status).toBe(503);
    expect(html).toContain("unavailable");
    expect(html).not.toContain("secret");
    expect(logged.warn).toHaveBeenCalledWith(
      expect.objectContaining({ requestId: "id-1", path: "/busy" }),
      expect.any(String),
    );
  });

  it("that nobody foresaw leaves as a 500 with the request's id, and is logged whole", async () => {
    const { response, html } = await page("bug");
    expect(response.status).toBe(500);
    expect(html).toContain("id-1");
    expect(html).not.toContain("secret");
    const [fields] = logged.error.mock.calls[0] ?? [];
    expect(fields).toMatchObject({
      requestId: "id-1",
      method: "GET",
      path: "/bug",
      err: { message: "secret of the loader" },
    });
  });

  it("while rendering shows the error page and is logged", async () => {
    const { response, html } = await page("broken");
    expect(response.status).toBe(500);
    expect(html).toContain("broken Unexpected Server Error");
    expect(html).not.toContain("secret");
    expect(logged.error.mock.calls[0]?.[0]).toMatchObject({
      err: { message: "secret of the component" },
      requestId: "id-1",
    });
  });

  it("of a resource route is JSON", async () => {
    const limited = await handle("data/limited");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await limited.json()).toEqual({ code: "too_many_requests", data: { retry_after: 7 }, request_id: "id-1" });
    const bug = await handle("data/bug");
    expect([bug.status, await bug.json()]).toEqual([500, { code: "unexpected", request_id: "id-1" }]);
  });

  it("of a data request carries the same", async () => {
    const gone = await handle("gone.data");
    expect(gone.status).toBe(404);
    expect(await gone.text()).toContain("not_found");
    const bug = await handle("bug.data");
    const text = await bug.text();
    expect([bug.status, text.includes("id-1"), text.includes("secret")]).toEqual([500, true, false]);
  });

  it("is none where a redirect is thrown, and an address without a route is not logged as a fault", async () => {
    expect((await handle("redirect")).headers.get("location")).toBe("/words");
    expect((await handle("nowhere")).status).toBe(404);
    expect((await handle("words", { method: "POST" })).status).toBe(405);
    expect(logged.error).not.toHaveBeenCalled();
  });

  it("is not made of data requests as they were before single fetch", async () => {
    expect((await handle("words?_data=words")).status).toBe(400);
    expect(logged.error).not.toHaveBeenCalled();
  });
});

it("hands the client's address and the request's id to loaders", async () => {
  expect(await (await handle("data/context")).json()).toEqual({ clientAddress: "203.0.113.9", requestId: "id-1" });
  expect(log.error).not.toHaveBeenCalled();
});

it("bounds what one question for routes may cost", async () => {
  expect((await handle(`__manifest?version=1&p=${"a/".repeat(4_000)}`)).status).toBe(400);
  expect((await handle("__manifest?version=1&p=/words")).status).toBe(200);
});
