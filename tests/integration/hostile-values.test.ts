import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { answerCall, ENDPOINTS } from "../../app/routes/api.v1.$/answer-call.server";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { withProduct } from "../support/world";

withProduct();

let world: FullWorld;
beforeAll(async () => {
  world = await makeFullWorld();
});

let calls = 0;
/** Every call from an address of its own, so that no limit stands before what is tried. */
const context = () => ({ requestId: "r", clientAddress: `2001:db8:${(++calls).toString(16)}::1` }) as never;

async function call(method: string, path: string, token: string, body?: string) {
  const headers = { authorization: `Bearer ${token}` };
  const request = new Request(`https://guazu.test/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  const response = await answerCall(request, context());
  return { status: response.status, text: await response.text() };
}

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
const fields = {
  client_id: newId(),
  text: "hola",
  visibility: "public",
  based_on_seq: 1,
  reply_to: null,
  seq: 1,
  state: "open",
  area_id: newId(),
  assignee_id: newId(),
  priority: "high",
  tags: ["a"],
  snoozed_until: "2026-01-01T00:00:00Z",
  reason: "x",
  note: "x",
  version: 1,
  kind: "web",
  name: "x",
  settings: {},
  emoji: "👍",
  on: true,
};
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

describe.each(ENDPOINTS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
  "%s",
  (_, endpoint) => {
    const path = () =>
      endpoint.path
        .replace(":handle", world.handle)
        .replace(
          ":id",
          endpoint.path.startsWith("/tickets")
            ? world.tickets.open
            : endpoint.path.startsWith("/channels")
              ? world.whatsapp.channelId
              : endpoint.path.startsWith("/messages")
                ? world.ids.message
                : world.ids.conversation,
        );

    if (endpoint.method === "GET") {
      it("is never broken by what stands in the address", async () => {
        for (const query of QUERIES) {
          const { status, text } = await call("GET", `${path()}?${query}`, world.token.secret);
          expect([200, 400, 404, 422], `${query} ${text.slice(0, 200)}`).toContain(status);
          expect(text).not.toMatch(/select|postgres|node_modules/i);
        }
      });
    } else {
      it("is never broken by what stands in the body", async () => {
        const wrong = Object.keys(fields).flatMap((name) =>
          VALUES.slice(0, 3).map((value) => JSON.stringify({ [name]: value })),
        );
        const replaced = Object.keys(fields).flatMap((name) =>
          VALUES.map((value) => {
            const known = endpoint.path.endsWith("/messages")
              ? { client_id: newId(), text: "hola" }
              : endpoint.path.endsWith("/channels")
                ? { kind: "web" }
                : {};
            return JSON.stringify({ ...known, [name]: value });
          }),
        );
        for (const body of endpoint.body ? [...BODIES, ...wrong, ...replaced] : BODIES) {
          const { status, text } = await call(endpoint.method, path(), world.token.secret, body);
          expect(status, `${body.slice(0, 120)} ${text.slice(0, 200)}`).toBeLessThan(500);
        }
        expect(({} as { x?: number }).x).toBeUndefined();
      });
    }
  },
);
