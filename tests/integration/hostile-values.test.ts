import { beforeAll, describe, expect, it } from "vitest";
import {
  addressOf,
  callApi,
  fieldsOf,
  named,
  OPERATIONS,
  type Operation,
  rightBody,
  rightValue,
  type Schema,
} from "../support/api-calls";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { withoutLimits } from "../support/no-limits";
import { withProduct } from "../support/world";

withProduct();
withoutLimits();

let world: FullWorld;
beforeAll(async () => {
  world = await makeFullWorld();
});

const HUGE = "9".repeat(400);
const QUERIES = [
  ...["2147483648", "99999999999", "1e300", "-1", "1.5", "NaN", "Infinity", HUGE, "", "%00", "a", "0x10"].flatMap(
    (value) => ["limit", "after", "after_seq", "before_seq", "cursor"].map((name) => `${name}=${value}`),
  ),
  ...["0.x", "999999999999999.01a20579-2204-7423-b6bc-bbdceae7d8f3", "1.2.3", "'; drop table ticket; --"].map(
    (value) => `cursor=${encodeURIComponent(value)}`,
  ),
  ...["%", "_", "\\", "'", "\u0000", "\ud800", "((a+)+)+$", "#2147483648", "999999999", "x".repeat(190)].map(
    (value) => `q=${encodeURIComponent(value.toWellFormed())}`,
  ),
  "q=%00",
  "q=%ED%A0%80",
  "state=__proto__",
  "waiting_on[]=agent",
  "limit=1&limit=2",
  "area=1&assignee=none&contact=%27",
  "__proto__[x]=1&constructor.prototype.x=1",
];

const BODIES = [
  "",
  "null",
  "[]",
  "7",
  '"x"',
  "{",
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  `${"[".repeat(20_000)}`,
  `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
  `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":1`).join(",")}}`,
];
const VALUES: unknown[] = [
  null,
  true,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  "",
  "\u0000",
  "a\u0000b",
  "\ud800",
  {},
  [],
  [[]],
  { a: { b: 1 } },
  ["\u0000"],
  ["\ud800"],
  "275760-09-13T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  HUGE,
];

const right = (operation: Operation) => rightBody(operation, world);

const WRONG_TYPES: unknown[] = [null, true, -1, 1.5, 1e308, "x".repeat(20_000), ["x"], [["x"]], { x: 1 }, {}, []];

/** Whether a value may be right: what is left to say is for the schema that the document comes from. */
function fits(schema: Schema, value: unknown): boolean {
  if (schema.anyOf) return schema.anyOf.some((one) => fits(one, value));
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const types = [schema.type ?? []].flat();
  if (type === "number")
    return types.includes("integer") && Number.isInteger(value) && Number(value) >= (schema.minimum ?? -Infinity);
  if (type === "string") {
    const short = String(value).length <= (schema.maxLength ?? Infinity);
    return types.includes("string") && short && !schema.format && !schema.enum;
  }
  if (type === "array") {
    const items = value as unknown[];
    const few = items.length <= (schema.maxItems ?? Infinity);
    return types.includes("array") && few && items.every((item) => fits(schema.items ?? {}, item));
  }
  return types.includes(type);
}

const call = (method: string, path: string, body?: unknown) => callApi(method, path, world.token.secret, body);

describe.each(named(OPERATIONS))("%s", (_, operation) => {
  const address = () => addressOf(operation, world);

  it("is never broken by what stands in the address", async () => {
    if (operation.method !== "GET") return;
    // Of a parameter that it does not know it reads no value: one of those says it for all.
    const known = new Set(operation.query.map(({ name }) => name));
    const read = QUERIES.filter((query) => known.has(query.split(/[=[]/, 1)[0] ?? ""));
    const others = QUERIES.filter((query) => !read.includes(query));
    for (const query of [...read, ...others.slice(0, 1), ...others.slice(-6)]) {
      const { status, text } = await call("GET", `${address()}?${query}`);
      expect([200, 400, 404, 422], `${query} ${text.slice(0, 200)}`).toContain(status);
      expect(text).not.toMatch(/select|postgres|node_modules/i);
    }
  });

  it("refuses a parameter that is given twice or as a list (TG7)", async () => {
    for (const { name, schema } of operation.query) {
      const value = encodeURIComponent(String(rightValue(name, schema, world)));
      for (const query of [`${name}=${value}&${name}=${value}`, `${name}=${value}&x=1&${name}=`]) {
        const { status, body } = await call("GET", `${address()}?${query}`);
        expect([status, body.error?.code], query).toEqual([400, "invalid_request"]);
      }
    }
  });

  it("refuses values of wrong types, and fields that it does not know (TG7)", async () => {
    for (const [name, schema] of fieldsOf(operation)) {
      for (const value of WRONG_TYPES) {
        if (fits(schema, value)) continue;
        const { status, body, text } = await call(operation.method, address(), { ...right(operation), [name]: value });
        expect([status, body.error?.code], `${name} ${JSON.stringify(value)} ${text}`).toEqual([
          400,
          "invalid_request",
        ]);
      }
    }
    if (!operation.body) return;
    for (const name of ["x", "", " text", "constructor", "toString", "__proto__.x", "$where"]) {
      const { status } = await call(operation.method, address(), { ...right(operation), [name]: 1 });
      expect(status, name).toBe(400);
    }
  });

  it("is never broken by what stands in the body", async () => {
    if (operation.method === "GET") return;
    const replaced = fieldsOf(operation).flatMap(([name]) =>
      VALUES.map((value) => JSON.stringify({ ...right(operation), [name]: value })),
    );
    for (const body of [...BODIES, ...replaced]) {
      const { status, text } = await call(operation.method, address(), body);
      expect(status, `${body.slice(0, 120)} ${text.slice(0, 200)}`).toBeLessThan(500);
    }
  });

  it("gives no object anything by the names of prototypes (TG3)", async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const poison = '{"polluted":true,"role":"admin"}';
    const around = JSON.stringify(right(operation) ?? {}).slice(1, -1);
    const bodies = ["__proto__", "constructor", "prototype"].flatMap((name) => {
      const nested = `{"${name}":${name === "constructor" ? `{"prototype":${poison}}` : poison}}`;
      const fields = fieldsOf(operation).map(([field]) => `{"${field}":${nested}}`);
      return [nested, ...(around ? [`{${around},${nested.slice(1)}`] : []), ...fields];
    });
    for (const body of operation.method === "GET" ? [] : bodies) {
      expect((await call(operation.method, address(), body)).status, body).toBeLessThan(500);
    }
    if (operation.method === "GET")
      await call("GET", `${address()}?__proto__=1&__proto__=2&__proto__[polluted]=1&constructor.prototype.polluted=1`);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});
