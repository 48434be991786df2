import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import WebSocket from "ws";
import { newId } from "~/platform/ids";
import { answerCall } from "../../app/routes/api.v1.$/answer-call.server";
import { ENDPOINTS } from "../../app/routes/api.v1.$/endpoints.server";
import { testDatabase } from "../support/postgres";
import { runQuery } from "../support/postgres-query";
import { type Product, startProduct } from "../support/product";
import { API_CALLS, type MappedRoute, ROUTES } from "../support/route-map";

const PASSWORD = "guazu-demo-2026";
const named = Object.entries(ROUTES);
const closed = named.filter(([, route]) => !["anyone", "nobody"].includes(route.needs));

describe("the map of routes", () => {
  it("names every route that exists, and none that does not", () => {
    const folders = readdirSync("app/routes").filter(
      (name) => existsSync(`app/routes/${name}/route.tsx`) || existsSync(`app/routes/${name}/route.ts`),
    );
    expect(Object.keys(ROUTES).sort()).toEqual(folders.sort());
  });

  it("names every call of the API, as the API declares it", () => {
    const declared = ENDPOINTS.map(({ method, path, access }) => [`${method} ${path}`, access]);
    const mapped = Object.entries(API_CALLS).map(([name, needs]) => [name, needs === "admin" ? "member" : needs]);
    expect(mapped.sort()).toEqual(declared.sort());
  });
});

describe("every call of the API without a token", () => {
  const ask = async (name: string, authorization?: string) => {
    const [method, path = ""] = name.split(" ");
    const url = `https://guazu.test/api/v1${path.replace(":id", "01a20579-2204-7423-b6bc-bbdceae7d8f3")}`;
    const headers = authorization === undefined ? undefined : { authorization };
    return answerCall(new Request(url, { method, headers }), { requestId: "r" } as never);
  };

  it.each(
    Object.entries(API_CALLS)
      .filter(([, needs]) => needs !== "public")
      .map(([name]) => name),
  )("%s is refused", async (name) => {
    expect((await ask(name)).status).toBe(401);
    for (const wrong of ["", "Bearer", "Bearer ", "Basic YTpi", "Token x"]) {
      expect((await ask(name, wrong)).status, wrong).toBe(401);
    }
  });
});

/** A picture of one pixel. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The addresses that only take something. */
const ACTIONS_ALONE =
  /\/(read|marks|pin|message\/[^/]+|inbox\/bulk|audit\/csv|answers\/csv|data\/tickets|contacts\/export|bots\/try|trial)$/;

describe("every route of the running product", () => {
  let product: Product;
  let drop = async () => {};
  let database = "";
  const cookies: Record<string, string> = {};
  const ids = {
    ticket: "",
    conversation: "",
    area: "",
    contact: "",
    flow: "",
    erasure: newId(),
    import: newId(),
    webhook: newId(),
  };

  beforeAll(async () => {
    expect(inject("postgres").url).toBeTruthy();
    const made = await testDatabase();
    drop = made.drop;
    database = made.url;
    product = await startProduct({ env: { DATABASE_URL: made.url, LOG_LEVEL: "silent" } });
    const [row] = await runQuery(
      made.url,
      "select id, org_id, conversation_id, area_id, contact_id from ticket where state = 'open' limit 1",
    );
    Object.assign(ids, {
      ticket: row?.id,
      conversation: row?.conversation_id,
      area: row?.area_id,
      contact: row?.contact_id,
      flow: (await runQuery(made.url, "select id from flow limit 1"))[0]?.id,
    });
    await runQuery(
      made.url,
      `insert into contact_import (id, org_id, by_name, file_name, dry_run, lines, created, updated, problems, created_at)
      values ('${ids.import}', '${row?.org_id}', 'Ana', 'clientes.csv', true, 1, 0, 0, '[]', now())`,
    );
    await runQuery(
      made.url,
      `insert into erasure (id, org_id, contact_id, by_name, reason, requested_at, done_at, removed, proof)
      values ('${ids.erasure}', '${row?.org_id}', '${ids.contact}', 'Ana', 'pedido', now(), now(), '{}', 'x')`,
    );
    await runQuery(
      made.url,
      `insert into webhook (id, org_id, member_id, url, events, sealed_secret, cursor, disabled_at, disabled_by)
      select '${ids.webhook}', org_id, id, 'https://shop.example/', '{ticket.changed}', '', '0.0', now(), 'hand'
      from member where org_id = '${row?.org_id}' limit 1`,
    );
    for (const who of ["admin", "agente", "cliente"]) cookies[who] = await signIn(`${who}@demo.test`);
    const picture = new FormData();
    picture.set("intent", "logo");
    picture.set("logo", new Blob([DOT], { type: "image/png" }), "logo.png");
    await post("/admin/organisation", { cookie: cookies.admin ?? "" }, picture);
  });
  afterAll(async () => {
    await product?.dispose();
    await drop();
  });

  async function signIn(email: string): Promise<string> {
    const body = new URLSearchParams({ email, password: PASSWORD });
    const answer = await fetch(`${product.url}/login`, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { origin: product.url },
    });
    expect(answer.status, email).toBe(302);
    return (answer.headers.getSetCookie()[0] ?? "").split(";", 1)[0] ?? "";
  }

  const pathOf = ({ path }: MappedRoute) =>
    Object.entries(ids).reduce((address, [name, id]) => address.replace(`:${name}`, id), path);
  const get = (path: string, headers = {}) => fetch(product.url + path, { redirect: "manual", headers });
  const post = (
    path: string,
    headers: Record<string, string> = {},
    body: BodyInit = new URLSearchParams({ intent: "x" }),
  ) =>
    fetch(product.url + path, {
      method: "POST",
      redirect: "manual",
      body,
      headers: { origin: product.url, ...headers },
    });
  const rowCount = async () => {
    const [row] = await runQuery(
      database,
      `select sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from public.%I', tablename), false, true, '')))[1]::text::int)::int as n
      from pg_tables where schemaname = 'public' and tablename <> all('{session,report_hour,report_cursor,ticket_count}')`,
    );
    return row?.n;
  };

  function expectRefusal(answer: Response, what: string) {
    expect([302, 401, 403], what).toContain(answer.status);
    if (answer.status === 302) expect(answer.headers.get("location"), what).toMatch(/^\/(login([?].*)?)?$/);
  }

  it.each(closed)("%s refuses who is not signed in", async (_, route) => {
    const before = await rowCount();
    const path = pathOf(route);
    const read = await get(path);
    // What has no page answers that it takes no GET.
    if (ACTIONS_ALONE.test(route.path)) expect([400, 404, 405]).toContain(read.status);
    else expectRefusal(read, `GET ${path}`);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const answer = await fetch(product.url + path, {
        method,
        redirect: "manual",
        headers: { origin: product.url },
        body: new URLSearchParams({ intent: "x" }),
      });
      if (answer.status !== 405) expectRefusal(answer, `${method} ${path}`);
    }
    expect(await rowCount()).toBe(before);
  });

  it.each(closed.filter(([, route]) => route.kind === "page"))(
    "%s gives no data to who is not signed in",
    async (_, route) => {
      const answer = await get(`${pathOf(route).replace(/[?].*/, "")}.data`);
      const text = await answer.text();
      expect([202, 302, 401, 403]).toContain(answer.status);
      expect(text).not.toContain("Mensú");
      expect(text).not.toContain("@demo.test");
    },
  );

  it.each(named.filter(([, route]) => route.needs === "anyone"))("%s answers everybody", async (name, route) => {
    const answer = await get(route.path);
    // Meta's callback answers its own question only.
    expect(answer.status).toBe(name === "webhooks.meta" ? 400 : name === "invite.$token" ? 404 : 200);
  });

  it("what does not exist is not found, in whatever way it is asked", async () => {
    for (const path of [
      "/there/is/nothing",
      "/admin/nothing",
      "/api/v1/nothing",
      "/c/nobody",
      "/inbox/x/y",
      "/.env",
      "/.git/config",
    ]) {
      const answer = await get(path);
      expect([302, 401, 403, 404], path).toContain(answer.status);
    }
  });

  it.each(named.filter(([, route]) => route.needs === "admin"))(
    "%s refuses an agent and a customer, not an admin (TA11)",
    async (_, route) => {
      for (const who of ["agente", "cliente"]) {
        const cookie = cookies[who] ?? "";
        for (const answer of [await get(pathOf(route), { cookie }), await get(`${pathOf(route)}.data`, { cookie })]) {
          const text = await answer.text();
          const alone = ACTIONS_ALONE.test(route.path);
          // What has no loader answers with the frame's data, and none of its own: -5 stands for undefined.
          if (alone && answer.status === 200) expect(text.slice(-80)).toMatch(/"routes\/[^"]+",\{"_\d+":-5\}\]\s*$/);
          else expect(alone ? [202, 302, 400, 403, 404, 405] : [202, 302, 403, 404], who).toContain(answer.status);
          expect(text).not.toContain("agente2@demo.test");
        }
        const before = await rowCount();
        const answer = await post(pathOf(route), { cookie });
        expect([302, 403, 404, 405, 422], who).toContain(answer.status);
        expect(await rowCount()).toBe(before);
      }
      const own = await get(pathOf(route), { cookie: cookies.admin });
      if (!ACTIONS_ALONE.test(route.path)) expect([200, 302]).toContain(own.status);
    },
  );

  it.each(named.filter(([, route]) => ["member", "reader"].includes(route.needs)))(
    "%s shows a stranger nothing of the organisation",
    async (_, route) => {
      const answer = await get(pathOf(route), { cookie: cookies.cliente });
      expect([302, 400, 403, 404, 405]).toContain(answer.status);
      const own = await get(pathOf(route), { cookie: cookies.admin });
      if (!ACTIONS_ALONE.test(route.path)) expect(own.status).toBe(200);
    },
  );

  /** What no browser's form sends, though it comes from our own site. */
  const NO_FORMS: [string, string][] = [
    ["text/plain", "intent=x"],
    ["application/json", '{"intent":"x"}'],
    ["application/json", "{"],
    ["multipart/form-data", "no boundary"],
    ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="intent"'],
    ["application/octet-stream", "\u0000"],
    ["", "x"],
  ];

  it.each(named.filter(([name]) => !["$", "api.v1.$", "webhooks.meta", "logout"].includes(name)))(
    "%s says what is wrong with a body that is no form",
    async (_, route) => {
      const before = await rowCount();
      for (const [type, body] of NO_FORMS) {
        const answer = await post(pathOf(route), { cookie: cookies.admin ?? "", "content-type": type }, body);
        expect(answer.status, `${type} ${body}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${type} ${body}`).toBeLessThan(500);
      }
      const nulls = new URLSearchParams({
        intent: "\u0000",
        email: "a\u0000b",
        name: "\u0000",
        text: "\u0000",
        handle: "\u0000",
      });
      const answer = await post(pathOf(route), { cookie: cookies.admin ?? "" }, nulls);
      expect(answer.status).toBeLessThan(500);
      expect(await rowCount()).toBe(before);
    },
  );

  it("an API token opens the API and its files alone, and a session no call of it (TC12)", async () => {
    const token = `gza_${randomBytes(32).toString("base64url")}`;
    const hash = createHash("sha256").update(token).digest("hex");
    await runQuery(
      database,
      `insert into api_token (id, org_id, member_id, name, token_hash, scopes)
      select gen_random_uuid(), org_id, id, 'test', '${hash}', array['*'] from member where role = 'admin' limit 1`,
    );
    const authorization = `Bearer ${token}`;
    expect((await get("/api/v1/me", { authorization })).status).toBe(200);
    expect((await get("/api/v1/me", { cookie: cookies.admin })).status).toBe(401);
    const others = closed.filter(([name]) => !["api.v1.$", "media.$id", "uploads.$"].includes(name));
    for (const [name, route] of others) {
      if (!ACTIONS_ALONE.test(route.path)) expectRefusal(await get(pathOf(route), { authorization }), name);
      const written = await post(pathOf(route), { authorization });
      if (written.status !== 405) expectRefusal(written, name);
    }
  });

  const opens = (headers: Record<string, string>, query = "") =>
    new Promise<number>((done) => {
      const socket = new WebSocket(`${product.url.replace("http", "ws")}/hub${query}`, "guazu.v1", { headers });
      socket.on("open", () => {
        socket.terminate();
        done(101);
      });
      socket.on("unexpected-response", (request, response) => {
        request.destroy();
        done(response.statusCode ?? 0);
      });
      socket.on("error", () => {});
    });

  it("the hub opens for a cookie of this site's own pages, and for nobody else (TB1, TB2)", async () => {
    const cookie = cookies.admin ?? "";
    expect(await opens({ cookie, origin: product.url })).toBe(101);
    expect(await opens({ origin: product.url })).toBe(401);
    expect(await opens({ cookie: `${cookie.slice(0, -3)}xxx`, origin: product.url })).toBe(401);
    expect(await opens({ origin: product.url }, "?access_token=gza_nobody")).toBe(401);
    for (const origin of ["https://evil.test", "null", `${product.url}.evil.test`, "", "file://"]) {
      expect(await opens({ cookie, origin }), origin).toBe(403);
    }
    expect(await opens({ cookie })).toBe(403);
  });
});
