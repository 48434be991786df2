import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultPostgres, startFaultPostgres } from "../faults/driver/fault-postgres";
import { newGuest } from "../support/hub/guest-socket";
import { type Product, startProduct } from "../support/product";

const ANSWER_MS = 10_000;

describe("a database that takes connections and says nothing", () => {
  let postgres: FaultPostgres;
  let product: Product;
  let token = "";
  let cookie = "";
  beforeAll(async () => {
    postgres = await startFaultPostgres();
    product = await startProduct({ env: { DATABASE_URL: postgres.url, LOG_LEVEL: "silent", DEMO: "1" } });
    ({ token } = await product.cli<{ token: string }>("token:create", "--org", "demo", "--scopes", "*"));
    const answer = await signIn();
    cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  }, 180_000);
  afterAll(async () => {
    await product?.dispose();
    await postgres?.dispose();
  });

  const signIn = () =>
    fetch(`${product.url}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: product.url },
      body: new URLSearchParams({ email: "agente@demo.test", password: "guazu-demo-2026" }),
    });

  it("is answered for in time, everywhere, and is used again once it speaks", async () => {
    const guest = await newGuest(product.url);
    const asks: Record<string, () => Promise<Response>> = {
      chat: () => fetch(`${product.url}/c/demo`, { headers: { accept: "text/html" } }),
      chatData: () => fetch(`${product.url}/c/demo.data`),
      inbox: () => fetch(`${product.url}/inbox`, { headers: { cookie } }),
      signingIn: signIn,
      api: () => fetch(`${product.url}/api/v1/tickets`, { headers: { authorization: `Bearer ${token}` } }),
      apiWrite: () =>
        fetch(`${product.url}/api/v1/conversations/${guest.conversation_id}/messages`, {
          method: "POST",
          headers: { authorization: `Bearer ${guest.token}`, "content-type": "application/json" },
          body: JSON.stringify({ client_id: crypto.randomUUID(), text: "hola" }),
        }),
    };
    const ask = async (name: string) => {
      const from = performance.now();
      const answer = await (asks[name] as () => Promise<Response>)();
      return {
        status: answer.status,
        ms: performance.now() - from,
        text: await answer.text(),
        headers: answer.headers,
      };
    };
    for (const name of Object.keys(asks)) expect((await ask(name)).status, name).toBeLessThan(400);

    postgres.wire.flow("hold", "hold");
    // More at once than there are connections, twice: those that find none are no slower than those that hold one.
    const names = Object.keys(asks).flatMap((name) => Array<string>(4).fill(name));
    for (const _ of ["all connections are there", "some are in use for ever"]) {
      const answers = await Promise.all(names.map(ask));
      for (const [place, { status, ms, text }] of answers.entries()) {
        expect(status, `${names[place]}: ${text.slice(0, 300)}`).toBe(503);
        expect(ms, names[place]).toBeLessThan(ANSWER_MS);
        if (names[place]?.startsWith("api")) expect(JSON.parse(text).error.code).toBe("unavailable");
      }
    }
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${product.url}/readyz`)).status).toBe(503);

    postgres.wire.flow("pass", "pass");
    for (const name of Object.keys(asks))
      await expect.poll(async () => (await ask(name)).status, { timeout: 20_000 }).toBeLessThan(400);
  }, 120_000);
});
