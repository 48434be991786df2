import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { adoptRateLimiter } from "~/modules/accounts/identity/throttle.server";
import { createToken, revokeToken } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";
import { transactAsSystem } from "~/platform/transact.server";
import { answerCall } from "../../app/routes/api.v1.$/answer-call.server";
import { addressOf, callApi, named, OPERATIONS, rightBody } from "../support/api-calls";
import { type FullWorld, makeFullWorld } from "../support/full-world";
import { withProduct } from "../support/world";

withProduct();

let world: FullWorld;
let messages = "";
beforeAll(async () => {
  world = await makeFullWorld();
  messages = `/conversations/${world.ids.conversation}/messages`;
});

const post = (path: string, token: string | null, body: unknown, key: string) =>
  callApi("POST", path, token, body, { "idempotency-key": key });
const countOf = async (table: string) => {
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`),
  );
  return rows[0]?.n;
};
const tokenOf = (memberId: string) =>
  transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId, name: "test", scopes: ["*"] }),
  );

describe("an Idempotency-Key", () => {
  it.each(named(OPERATIONS.filter(({ method, path }) => method === "POST" && !path.startsWith("/public"))))(
    "does %s once, and refuses another request",
    async (_, operation) => {
      const body = rightBody(operation, world);
      const path = addressOf(operation, world);
      const key = newId();
      const answers = [
        ...(await Promise.all([1, 2, 3].map(() => post(path, world.token.secret, body, key)))),
        await post(path, world.token.secret, body, key),
      ];
      expect(answers[0]?.status, answers[0]?.text).toBeLessThan(300);
      for (const answer of answers)
        expect([answer.status, answer.text]).toEqual([answers[0]?.status, answers[0]?.text]);
      const other = await post(
        `${path.replace(world.ids.conversation, newId())}`,
        world.token.secret,
        { ...body },
        key,
      );
      if (path.includes(world.ids.conversation)) expect(other.body.error?.code).toBe("id_reused");
    },
  );

  it("stands in for a missing client_id, whatever it looks like", async () => {
    for (const key of [newId(), "order-4711"]) {
      const before = Number(await countOf("message"));
      const sent = await post(messages, world.token.secret, { text: "una vez" }, key);
      expect(sent.status, sent.text).toBe(201);
      expect((await post(messages, world.token.secret, { text: "una vez" }, key)).text).toBe(sent.text);
      expect(await countOf("message")).toBe(before + 1);
      const changed = await post(messages, world.token.secret, { text: "otra" }, key);
      expect([changed.status, changed.body.error?.code]).toEqual([409, "id_reused"]);
    }
    const neither = await callApi("POST", messages, world.token.secret, { text: "sin nombre" });
    expect([neither.status, neither.body.error?.code]).toEqual([400, "invalid_request"]);
  });

  it("makes no second thing when who was at work died before it could say so", async () => {
    const key = newId();
    const first = await post("/channels", world.token.secret, { kind: "web" }, key);
    await asSystem("test", (tx) =>
      tx.execute(sql`update once_call set status = null, leased_until = now() - interval '1 s'`),
    );
    expect((await post("/channels", world.token.secret, { kind: "web" }, key)).text).toBe(first.text);
  });

  it("belongs to its token: another one's is another call", async () => {
    const { token } = await tokenOf(world.memberId(world.admin));
    const key = newId();
    const [mine, theirs] = [
      await post("/channels", world.token.secret, { kind: "web" }, key),
      await post("/channels", token, { kind: "web" }, key),
    ];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.text).not.toBe(mine.text);
  });

  it("of a refused call is free again", async () => {
    const key = newId();
    expect((await post(messages, world.token.secret, { text: " " }, key)).body.error?.code).toBe("text_empty");
    expect((await post(messages, world.token.secret, { text: "corregido" }, key)).status).toBe(201);
  });

  it("opens one guest's conversation, to whoever knows it at that address", async () => {
    const path = `/public/${world.handle}/conversations`;
    const ask = async (key: string, clientAddress: string) => {
      const request = new Request(`https://guazu.test/api/v1${path}`, {
        method: "POST",
        headers: { "idempotency-key": key },
      });
      const answer = await answerCall(request, { clientAddress } as never);
      return { status: answer.status, text: await answer.text() };
    };
    const key = newId();
    const [first, again, elsewhere] = [
      await ask(key, "192.0.2.1"),
      await ask(key, "192.0.2.1"),
      await ask(key, "192.0.2.2"),
    ];
    expect([first.status, again]).toEqual([201, first]);
    expect(elsewhere.status).toBe(201);
    expect(elsewhere.text).not.toBe(first.text);
    expect((await ask("1", "192.0.2.1")).status).toBe(400);
  });

  it.each(["", "a b", "ñ", "x".repeat(256)])("that is none (%j) is refused", async (key) => {
    expect((await post(messages, world.token.secret, { text: "hola" }, key)).body.error?.code).toBe("invalid_request");
  });
});

describe("a token that asks for too much", () => {
  it("is told how long to wait, while others go on", async () => {
    const { token } = await tokenOf(world.memberId(world.agent));
    const spent = new Set<string>();
    adoptRateLimiter({
      take: async (rule, key) =>
        rule.name === "api-call" && spent.has(key) ? { allowed: false, retryAfterSeconds: 7 } : { allowed: true },
      giveBack: async () => {},
      spend: async () => 0,
    });
    const { body } = await callApi("GET", "/me", token);
    expect(body.data).toMatchObject({ role: "agent" });
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ id: string }>(sql`select id from api_token where member_id = ${world.memberId(world.agent)}`),
    );
    for (const { id } of rows) spent.add(`token:${id}`);
    const refused = await callApi("GET", "/tickets", token);
    expect([refused.status, refused.body.error?.code]).toEqual([429, "too_many_requests"]);
    expect(refused.headers.get("retry-after")).toBe("7");
    expect((await callApi("GET", "/tickets", world.token.secret)).status).toBe(200);
    adoptRateLimiter(memoryRateLimiter());
  });
});

describe("a guest that sends by HTTP", () => {
  it.each(["guest-message", "guest-address", "guest-org"])("is told how long to wait by %s (TB8)", async (name) => {
    const asked: string[] = [];
    adoptRateLimiter({
      take: async (rule, key) => {
        asked.push(`${rule.name} ${key}`);
        return rule.name === name ? { allowed: false, retryAfterSeconds: 3 } : { allowed: true };
      },
      giveBack: async () => {},
      spend: async () => 0,
    });
    const { token, conversationId, guest } = world.guest;
    const refused = await callApi("POST", `/conversations/${conversationId}/messages`, token, {
      client_id: newId(),
      text: "hola",
    });
    adoptRateLimiter(memoryRateLimiter());
    expect([refused.status, refused.body.error?.code]).toEqual([429, "too_many_requests"]);
    expect(refused.headers.get("retry-after")).toBe("3");
    const own = [
      `guest-message ${guest.guestId}`,
      expect.stringMatching(/^guest-address 2001:db8:/),
      `guest-org ${world.orgId}`,
    ];
    expect(asked).toEqual(expect.arrayContaining(own));
  });
});

describe("a token (TC12)", () => {
  it("is dead once revoked, and opens nothing by a cookie or an address", async () => {
    const { id, token } = await tokenOf(world.memberId(world.agent));
    expect((await callApi("GET", "/me", token)).status).toBe(200);
    expect((await callApi("GET", `/me?access_token=${token}`, null)).status).toBe(401);
    expect((await callApi("GET", "/me", null, undefined, { cookie: `guazu.session=${token}` })).status).toBe(401);
    await transactAsSystem(SYSTEM, "test", (ctx) => revokeToken(ctx, { orgId: world.orgId, tokenId: id }));
    const dead = await callApi("GET", "/me", token);
    expect([dead.status, dead.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  });

  it("is told by no call", async () => {
    for (const operation of OPERATIONS.filter(({ method }) => method === "GET")) {
      const { text } = await callApi("GET", addressOf(operation, world), world.token.secret);
      expect(text, operation.name).not.toMatch(/gza_|gzg_|token_hash/);
    }
  });
});
