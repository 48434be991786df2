import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { createGuardedFetch } from "~/platform/guarded-fetch/guarded-fetch.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeWorld, withProduct } from "../../../../../tests/support/world";
import { sealSecret } from "../../secrets/read-secrets.server";
import { fillRequest } from "./fill-request";
import { httpSettings } from "./http-settings";
import { askServer, type HttpWorld } from "./run-http.server";

withProduct();

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const CANARY = 'canary-"7f3a"/secret';

let server: Server;
let port = 0;
let orgId = "";
let answer: Answer = () => {};
const asked: { url: string; headers: IncomingMessage["headers"]; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    asked.push({ url: request.url ?? "", headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
  ({ orgId } = await makeWorld());
  const row = { orgId, id: newId() };
  const secret = { ...row, name: "key", sealed: sealSecret(row, CANARY), hosts: ["own.test"] };
  await asSystem("test", (tx) => tx.insert(schema.orgSecret).values(secret));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked.length = 0;
  answer = (_, response) => response.end("{}");
});

/** An internet where three names lie on the local server, and every other one within. */
const world = (): HttpWorld => ({
  ask: createGuardedFetch({
    resolve: async (name) => [{ address: name.endsWith(".test") ? "127.0.0.1" : "10.0.0.1", family: 4 }],
    isPublic: (address) => address === "127.0.0.1",
    ports: [port],
  }),
  secretsOver: ["http:"],
});
const VARIABLES = { contact: {}, ticket: {}, org: {}, system: {}, flow: {} };
const ask = (settings: object, there = world(), of = orgId) =>
  askServer(fillRequest(httpSettings.parse(settings), VARIABLES), { orgId: of, key: "run:h:2" }, there);
const at = (host: string, path = "/") => `http://${host}:${port}${path}`;
const bearer = [{ name: "Authorization", value: "Bearer {{org.secrets.key}}" }];

describe("the runner of HTTP nodes", () => {
  it("asks, and answers what the other server said, JSON or not", async () => {
    answer = (_, response) => response.writeHead(201).end('{"n":1}');
    const settings = { method: "POST", url: at("own.test", "/a"), body: { kind: "json", text: '{"x":1}' } };
    expect(await ask(settings)).toEqual({ status: 201, body: { n: 1 } });
    expect(asked[0]).toMatchObject({ url: "/a", body: '{"x":1}' });
    expect(asked[0]?.headers).toMatchObject({ "idempotency-key": "run:h:2", "content-type": "application/json" });
    answer = (_, response) => response.writeHead(500).end("<p>no</p>");
    expect(await ask({ url: at("own.test") })).toEqual({ status: 500, body: "<p>no</p>" });
    expect(asked[1]?.headers).not.toHaveProperty("idempotency-key");
  });

  it.each<[string, string, string]>([
    ["an address inside (TH1)", "http://127.0.0.1:5432/", "port_refused"],
    ["the cloud's own address (TH1)", "http://169.254.169.254/latest/meta-data", "port_refused"],
    ["a name that leads inside (TH2)", "http://inside.example:PORT/", "address_refused"],
    ["a path that climbs out of the author's (TE4)", "http://own.test:PORT/a/%2e%2E/b", "address_invalid"],
  ])("does not ask %s", async (_, url, error) => {
    expect(await ask({ url: url.replace("PORT", String(port)) })).toEqual({ error });
    expect(asked).toEqual([]);
  });

  it("does not follow inside, nor for ever, nor with a POST (TH3)", async () => {
    answer = (_, response) => response.writeHead(302, { location: at("inside.example") }).end();
    expect(await ask({ url: at("own.test") })).toEqual({ error: "address_refused" });
    answer = (_, response) => response.writeHead(302, { location: at("own.test", "/again") }).end();
    expect(await ask({ url: at("own.test") })).toEqual({ error: "too_many_redirects" });
    expect(await ask({ method: "POST", url: at("own.test") })).toMatchObject({ status: 302 });
  });

  it("takes no more than a megabyte, and waits no longer than it was told (TH5)", async () => {
    answer = (_, response) => response.end("x".repeat(1_100_000));
    expect(await ask({ url: at("own.test") })).toEqual({ error: "too_large" });
    answer = () => {};
    expect(await ask({ url: at("own.test"), timeoutSeconds: 1 })).toEqual({ error: "timeout" });
  });

  it("sends a secret to its own hosts only, and not along a redirect (TH6)", async () => {
    expect(await ask({ url: at("own.test"), headers: bearer })).toEqual({ status: 200, body: {} });
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
    expect(await ask({ url: at("other.test"), headers: bearer })).toEqual({ error: "secret_host" });
    expect(await ask({ url: at("own.test", "/?k={{org.secrets.gone}}") })).toEqual({ error: "secret_unknown" });
    expect(await ask({ url: at("own.test"), headers: bearer }, { ...world(), secretsOver: ["https:"] })).toEqual({
      error: "secret_needs_https",
    });
    expect(asked).toHaveLength(1);
    answer = ({ headers }, response) => {
      const first = headers.host?.startsWith("own");
      response.writeHead(first ? 302 : 200, first ? { location: at("other.test") } : {}).end("{}");
    };
    expect(await ask({ url: at("own.test"), headers: bearer })).toEqual({ status: 200, body: {} });
    expect(asked.at(-1)?.headers).not.toHaveProperty("authorization");
  });

  it("writes a secret as its place asks, and hides it in what comes back (TH6)", async () => {
    answer = (_, response) => response.end(JSON.stringify({ ...asked.at(-1), query: asked.at(-1)?.url }));
    const body = { kind: "json", text: '{"k":"{{org.secrets.key}}"}' };
    const answered = await ask({
      method: "POST",
      url: at("own.test", "/?k={{org.secrets.key}}"),
      headers: bearer,
      body,
    });
    expect(JSON.parse(asked[0]?.body ?? "")).toEqual({ k: CANARY });
    expect(new URL(asked[0]?.url ?? "", at("own.test")).searchParams.get("k")).toBe(CANARY);
    expect(answered).toMatchObject({ status: 200, body: { headers: { authorization: "Bearer •••" } } });
    expect(JSON.stringify(answered)).not.toContain("7f3a");
  });

  it("knows the secrets of its own organisation alone", async () => {
    const other = await makeWorld();
    expect(await ask({ url: at("own.test"), headers: bearer }, world(), other.orgId)).toEqual({
      error: "secret_unknown",
    });
  });
});
