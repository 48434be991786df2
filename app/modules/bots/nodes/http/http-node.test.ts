import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../../engine/fake-customer";
import { lintFlow } from "../../lint/lint-flow";
import type { Json } from "../../wording/json";
import { fillRequest } from "./fill-request";
import { type HttpSettings, httpSettings } from "./http-settings";
import { readPath } from "./json-path";

const settings = (more: object = {}): HttpSettings =>
  httpSettings.parse({ url: "https://api.tienda.test/pedidos/{{flow.order}}", ...more });

const variables = (flow: { [name: string]: Json }) => ({
  ...{ contact: { name: "Ñandú" }, ticket: {}, org: { secrets: { key: "never" } }, system: {} },
  flow,
});

const filled = (more: object, flow: { [name: string]: Json } = {}) => fillRequest(settings(more), variables(flow));
const text = (pieces: readonly unknown[] | null | undefined) => (pieces ?? []).join("");

describe("a request's templates (TE4)", () => {
  const hostile = [
    "../../admin?x=1#y",
    "a&b=c",
    '"},"admin":true,"x":"',
    "x\r\nX-Evil: 1",
    "{{org.secrets.key}}",
    "{{constructor.constructor('return process')()}}",
    `\${process.env}`,
    "\u2028\ud800",
  ];

  it.each(hostile)("hold %j within its place", (value) => {
    const request = filled(
      {
        method: "POST",
        query: [{ name: "q", value: "a&{{flow.order}}" }],
        headers: [{ name: "X-Order", value: "{{flow.order}}" }],
        body: { kind: "json", text: '{"order":"{{flow.order}}","raw":{{flow.order}}}' },
      },
      { order: value },
    );
    const url = new URL(text(request.url));
    expect([url.origin, url.pathname.split("/").length, url.hash]).toEqual(["https://api.tienda.test", 3, ""]);
    expect([...url.searchParams]).toEqual([["q", `a&${value.trim().toWellFormed()}`]]);
    expect(text(request.headers[0]?.value)).not.toMatch(/[\r\n]/);
    const order = value.trim().toWellFormed();
    expect(JSON.parse(text(request.body))).toEqual({ order, raw: order });
    expect(JSON.stringify(request)).not.toContain('"secret"');
  });

  it("write lists, numbers and what is empty as JSON, and a form as a form", () => {
    const body = {
      kind: "json",
      text: '{"a":{{flow.list}},"b":{{flow.none|0}},"c":{{flow.none}},"d":"{{flow.none|x}}"}',
    };
    const request = filled({ method: "POST", body }, { list: [{ id: 1 }] });
    expect(JSON.parse(text(request.body))).toEqual({ a: [{ id: 1 }], b: 0, c: null, d: "x" });
    const fields = [
      { name: "a b", value: "1&2" },
      { name: "c", value: "{{contact.name}}" },
    ];
    const form = filled({ method: "POST", body: { kind: "form", fields } });
    expect(text(form.body)).toBe("a%20b=1%262&c=%C3%91and%C3%BA");
    expect(form.headers).toEqual([{ name: "content-type", value: ["application/x-www-form-urlencoded"] }]);
  });

  it("name secrets, and never hold them (TH6)", () => {
    const headers = [{ name: "Authorization", value: "Bearer {{org.secrets.key}}" }];
    const request = filled({ headers });
    expect(request.headers[0]?.value).toEqual(["Bearer ", { secret: "key", as: "header" }]);
    expect(JSON.stringify(request)).not.toContain("never");
    const flow = flowOf({ h: { kind: "http", settings: { url: "https://x.test/", headers } } });
    expect(lintFlow(flow).filter(({ rule }) => rule === "unknown_variable")).toEqual([]);
  });
});

describe("an HTTP node's settings", () => {
  const refused: [string, object][] = [
    ["a server out of a variable", { url: "https://{{flow.host}}/x" }],
    ["a server that a variable may lengthen", { url: "https://tienda.test{{flow.x}}" }],
    ["somebody's name in the address", { url: "https://a:b@tienda.test/" }],
    ["another scheme (TH4)", { url: "file:///etc/passwd" }],
    ["a gopher (TH4)", { url: "gopher://tienda.test/" }],
    ["the header Host (TH7)", { headers: [{ name: "Host", value: "x" }] }],
    ["the header Cookie (TH7)", { headers: [{ name: "cookie", value: "x" }] }],
    ["the header Content-Length (TH7)", { headers: [{ name: "Content-Length", value: "1" }] }],
    ["a line break in a header's name (TH7)", { headers: [{ name: "X\r\nY", value: "1" }] }],
    ["a body that is no JSON", { method: "POST", body: { kind: "json", text: '{"a": {{flow.x}}' } }],
    ["a GET with a body", { body: { kind: "text", text: "x" } }],
    ["a path that is none", { saves: [{ path: "a..b", to: "x" }] }],
    ["more than ten seconds", { timeoutSeconds: 11 }],
  ];
  it.each(refused)("refuse %s", (_, more) => {
    expect(httpSettings.safeParse({ url: "https://tienda.test/", ...more }).success).toBe(false);
  });
});

describe("an HTTP node", () => {
  const nodes = {
    h: {
      kind: "http",
      settings: {
        url: "https://x.test/",
        saves: [
          { path: "data.name", to: "name" },
          { path: "data.rows", to: "rows", items: { label: "title", value: "id" } },
          { path: "toString", to: "gone" },
        ],
        ...{ saveStatusTo: "status", saveErrorTo: "failure" },
      },
    },
    ok: {
      kind: "choice",
      settings: { body: "{{flow.name}} {{flow.status}}", itemsFrom: "flow.rows", saveTo: "chosen" },
    },
    error: { kind: "choice", settings: { body: "{{flow.failure}}", items: [{ id: "a", label: "A" }] } },
  };
  const flow = flowOf(nodes, ["h.ok>ok", "h.error>error"]);
  const answered = (output: Json) =>
    fakeCustomer(flow).begin("hola").take({ type: "result", id: "r", call: "h:2", output });

  it("saves what is wanted of the answer; a list of objects becomes what can be chosen", () => {
    const body = {
      data: {
        name: "Rosa",
        rows: [
          { id: 7, title: "Pan" },
          { id: null, title: "Té" },
        ],
      },
    };
    const customer = answered({ status: 200, body });
    expect(customer.heard()).toEqual(["Rosa 200"]);
    expect(customer.say("2").state.variables).toMatchObject({ status: 200, failure: null, gone: null, chosen: "Té" });
    expect(customer.state.variables.rows).toMatchObject([
      { label: "Pan", value: 7, description: null },
      { value: null },
    ]);
  });

  it.each<[string, Json, string]>([
    ["another status", { status: 404, body: {} }, "http_404"],
    ["a refusal", { error: "address_refused" }, "address_refused"],
    ["nonsense", ["x"], "failed"],
    [
      "too much",
      { status: 200, body: { data: { name: Array.from({ length: 200 }, () => "x".repeat(999)) } } },
      "too_large",
    ],
  ])("leaves by error after %s", (_, output, failure) => {
    expect(answered(output).heard()).toEqual([failure]);
  });

  it("leaves by error when nothing comes, and hears a late answer no more", () => {
    const customer = fakeCustomer(flow).begin("hola");
    expect(customer.say("¿hola?").last.effects).toEqual([]);
    expect(customer.wait(200).heard()).toEqual(["timeout"]);
    expect(
      customer.take({ type: "result", id: "r", call: "h:2", output: { status: 200, body: null } }).last.effects,
    ).toEqual([]);
  });

  it("that leads to itself asks 25 times without an answer of the customer's, and then people (TH9)", () => {
    const circle = fakeCustomer(flowOf({ h: nodes.h }, ["h.ok>h", "h.error>h"])).begin("hola");
    for (let n = 1; n <= 30; n++) {
      const call = circle.state.waiting?.call ?? "";
      circle.take({ type: "result", id: `r${n}`, call, output: { status: 200, body: null } });
    }
    expect(circle.effects.filter(({ type }) => type === "call")).toHaveLength(25);
    expect(circle.effects.at(-1)).toMatchObject({ type: "handoff", reason: "loop", message: null });
  });

  it("keeps what PostgreSQL can keep", () => {
    const state = answered({
      status: 200,
      body: { data: { name: "a\u0000\ud800", rows: { a: { "b\u0000": [1] } } } },
    }).state;
    expect(state.variables).toMatchObject({ name: "a\ufffd", rows: { a: { b: [1] } } });
  });

  it("reads paths through objects and lists, and nothing that is inherited", () => {
    const value = { a: [{ "b-c": 1 }], ñ: true };
    expect(
      ["a[0].b-c", "$.a[0]", "ñ", "a[9]", "a.length", "__proto__", "a[0].constructor"].map((path) =>
        readPath(value, path),
      ),
    ).toEqual([1, { "b-c": 1 }, true, null, null, null, null]);
    expect(readPath([1, 2], "$[1]")).toBe(2);
  });
});
