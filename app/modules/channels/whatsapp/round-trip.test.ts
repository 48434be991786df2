import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type GraphStandin,
  STANDIN_NUMBER,
  type StandinOptions,
  startGraphStandin,
} from "../../../../tests/support/graph-standin/start-graph-standin";
import type { InboundEvent } from "../inbound-event";
import { signedBy, verifySubscription } from "../meta/signature.server";
import { whatsAppDriver } from "./driver.server";
import { addressesOf } from "./people";

const ANA = "5491155550101";
const SECRETS = [
  { id: "app", secret: "app secret" },
  { id: "tenant", secret: "tenant secret" },
];
const OTHER = {
  phoneNumberId: "100000000000002",
  wabaId: "200000000000002",
  displayPhone: "541150000002",
  token: "other-token",
};

/** What the product's webhook does, without a database: verify, read, keep. */
function receiver() {
  const heard = {
    events: [] as (InboundEvent & { verifiedBy: string[] })[],
    bodies: [] as Buffer[],
    answers: [] as number[],
  };
  /** Statuses to answer with before going back to normal. */
  const refusals: number[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const answer = (status: number, body = "") => {
      heard.answers.push(status);
      res.writeHead(status).end(body);
    };
    if (req.method === "GET") {
      const { status, body } = verifySubscription(new URL(req.url ?? "", "http://x.invalid").searchParams, "verify me");
      return answer(status, body);
    }
    const raw = Buffer.concat(chunks);
    const header = req.headers["x-hub-signature-256"];
    const verifiedBy = signedBy(raw, Array.isArray(header) ? header.join() : header, SECRETS);
    if (verifiedBy.length === 0) return answer(401);
    const refusal = refusals.shift();
    if (refusal) return answer(refusal);
    heard.bodies.push(raw);
    for (const batch of whatsAppDriver.parse(JSON.parse(raw.toString("utf8")))) {
      for (const event of batch.events) heard.events.push({ ...event, verifiedBy });
    }
    answer(200);
  });
  return { ...heard, refusals, server };
}

let standin: GraphStandin;
let product: ReturnType<typeof receiver>;
let url: string;

async function begin(options: Partial<StandinOptions> = {}) {
  standin = await startGraphStandin({
    appSecret: "app secret",
    verifyToken: "verify me",
    retryDelaysMs: [1, 1, 1, 1],
    ...options,
  });
  await standin.connect(url);
}
beforeEach(async () => {
  product = receiver();
  await new Promise<void>((resolve) => product.server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(product.server.address() as AddressInfo).port}/webhooks/meta`;
});
const shut = (server: Server) =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
afterEach(async () => {
  await standin.close();
  await shut(product.server);
});

const http = () => ({ graphUrl: standin.url, version: "v25.0", timeoutMs: 2000 });
const settingsOf = (number: typeof OTHER) => ({
  phone_number_id: number.phoneNumberId,
  waba_id: number.wabaId,
  access_token: number.token,
});
const say = (text: string, to = ANA) =>
  whatsAppDriver.send(
    {
      id: `id of ${text}`,
      to: addressesOf({ waId: to }),
      content: { type: "text", text },
      author: "human",
      visibility: "public",
      attempt: 0,
    },
    settingsOf(STANDIN_NUMBER),
    http(),
  );
const statusesHeard = () => product.events.flatMap((event) => (event.type === "status" ? [event.status] : []));

describe("from the customer to us", () => {
  it("carries a text in Meta's escapes and is verified over those bytes", async () => {
    await begin();
    const text = "¿Abren 24/7? 👨‍👩‍👧 https://ejemplo.ar/a";
    const { wamids, status } = await standin.customerWrites({ from: ANA, name: "Ana Gómez", text });
    expect(status).toBe(200);
    expect(product.bodies[0]?.toString("ascii")).toContain("24\\/7? \\ud83d\\udc68\\u200d");
    expect(product.events).toMatchObject([
      {
        type: "message",
        verifiedBy: ["app"],
        externalId: wamids[0],
        content: { text },
        sender: { profileName: "Ana Gómez", phone: `+${ANA}` },
      },
    ]);
  });

  it("comes again until it is answered with 200, the very same bytes", async () => {
    await begin();
    product.refusals.push(503, 500);
    const { status } = await standin.customerWrites({ from: ANA, text: "Hola" });
    expect(status).toBe(200);
    expect(standin.sender.deliveries[0]?.statuses).toEqual([503, 500, 200]);
    expect(product.events).toHaveLength(1);
  });

  it.each(["wrong_secret", "none", "sha1", "upper_case", "other_body"] as const)(
    "is refused with a signature of kind %s",
    async (signature) => {
      await begin();
      const { status } = await standin.customerWrites({ from: ANA, text: "Hola" }, { signature, retry: false });
      expect(status).toBe(401);
      expect(product.events).toEqual([]);
    },
  );

  it("carries two tenants in one body, each to its account", async () => {
    await begin({ numbers: [STANDIN_NUMBER, OTHER] });
    const both = [
      { from: ANA, text: "a" },
      { from: ANA, text: "b", to: OTHER.phoneNumberId },
      { from: "5491166660202", text: "c" },
    ];
    await standin.customerWrites(both);
    expect(product.bodies).toHaveLength(1);
    const heard = product.events.map((event) => event.type === "message" && [event.content.text, event.account.id]);
    expect(heard.sort()).toEqual([
      ["a", STANDIN_NUMBER.phoneNumberId],
      ["b", OTHER.phoneNumberId],
      ["c", STANDIN_NUMBER.phoneNumberId],
    ]);
    await standin.customerWrites(both, { layout: "one_change" });
    expect(JSON.parse(product.bodies[1]?.toString() ?? "").entry).toHaveLength(2);
    expect(product.events).toHaveLength(6);
  });

  it("is signed by the tenant's own app where it has one", async () => {
    await begin({ numbers: [STANDIN_NUMBER, { ...OTHER, appSecret: "tenant secret" }] });
    await standin.customerWrites({ from: ANA, text: "Hola", to: OTHER.phoneNumberId });
    expect(product.events).toMatchObject([{ verifiedBy: ["tenant"] }]);
  });

  it("carries taps, quotes and people without a telephone", async () => {
    await begin();
    const tap = { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "si", title: "Sí" } } };
    await standin.customerWrites({ userId: "AR.77", name: "Beto", replyTo: "wamid.Q", message: tap });
    expect(product.events).toMatchObject([
      {
        content: { choice: { id: "si", title: "Sí" } },
        replyToExternalId: "wamid.Q",
        sender: { addresses: [{ kind: "bsuid", key: "AR.77" }] },
      },
    ]);
  });

  it("does not connect to a callback that does not know the token", async () => {
    await begin();
    const stranger = await startGraphStandin({ appSecret: "x", verifyToken: "guess" });
    await expect(stranger.connect(url)).rejects.toThrow("403");
    await stranger.close();
  });
});

describe("what becomes of a message", () => {
  it("is told in order, with our own mark", async () => {
    await begin();
    await standin.customerWrites({ from: ANA, text: "Hola" });
    const receipt = await say("uno");
    await standin.idle();
    expect(statusesHeard()).toEqual(["sent", "delivered", "read"]);
    for (const event of product.events.slice(1)) {
      expect(event).toMatchObject({
        externalId: receipt.outcome === "sent" && receipt.externalId,
        correlation: "id of uno",
      });
    }
  });

  it("may be told in disorder, twice, or all at once", async () => {
    await begin();
    await standin.customerWrites({ from: ANA, text: "Hola" });
    Object.assign(standin.statuses, { order: "reversed", copies: 2 });
    await say("uno");
    await standin.idle();
    expect(statusesHeard()).toEqual(["read", "read", "delivered", "delivered", "sent", "sent"]);
    Object.assign(standin.statuses, { order: "in_order", copies: 1, together: true });
    await say("dos");
    await standin.idle();
    expect(product.bodies).toHaveLength(1 + 6 + 1);
    expect(statusesHeard().slice(6)).toEqual(["sent", "delivered", "read"]);
  });

  it("may be told before the sender has its answer", async () => {
    await begin();
    await standin.customerWrites({ from: ANA, text: "Hola" });
    standin.statuses.beforeAnswer = true;
    const sending = say("uno").then(() => statusesHeard().length);
    expect(await sending).toBeGreaterThanOrEqual(1);
    await standin.idle();
    expect(statusesHeard()).toEqual(["sent", "delivered", "read"]);
  });

  it("is told even when the answer was lost", async () => {
    await begin();
    await standin.customerWrites({ from: ANA, text: "Hola" });
    standin.fail({ kind: "code_1_after_accept" });
    expect(await say("uno")).toMatchObject({ outcome: "unknown" });
    await standin.idle();
    expect(product.events.at(-1)).toMatchObject({ type: "status", status: "read", correlation: "id of uno" });
  });

  it("is failure, after all, outside the window that its own clock keeps", async () => {
    let now = Date.UTC(2026, 2, 1);
    await begin({ clock: () => now });
    await standin.customerWrites({ from: ANA, text: "Hola" });
    now += 24 * 3_600_000;
    expect(await say("tarde")).toMatchObject({ outcome: "sent" });
    await standin.idle();
    expect(product.events.at(-1)).toMatchObject({
      type: "status",
      status: "failed",
      error: { code: "131047" },
      at: new Date(now),
    });
    expect(standin.textsTo(ANA)).toEqual([]);
    await standin.customerWrites({ from: ANA, text: "¿Siguen ahí?" });
    await say("sí");
    await standin.idle();
    expect(standin.textsTo(ANA)).toEqual(["sí"]);
    expect(statusesHeard().at(-1)).toBe("read");
  });
});

describe("the doors for people and scripts", () => {
  const call = async (path: string, body?: unknown) => {
    const response = await fetch(
      standin.url + path,
      body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
    );
    return { status: response.status, json: await response.json().catch(() => null) };
  };

  it("write as a customer and show what came back", async () => {
    await begin();
    expect(await call("/_customer", { from: ANA, text: "Hola" })).toMatchObject({ status: 200, json: { status: 200 } });
    await say("¡Buen día!");
    expect(await call("/_outbox")).toMatchObject({
      json: { data: [{ to: `+${ANA}`, text: "¡Buen día!", correlation: "id of ¡Buen día!" }] },
    });
    expect(await call("/_fault", { kind: "auth", subcode: 463 })).toMatchObject({ status: 200 });
    expect(await say("no")).toMatchObject({ channel: "auth_dead" });
    expect((await call("/_nothing")).status).toBe(404);
    expect((await call("/_customer", 7)).status).toBe(400);
    expect(await (await fetch(standin.url)).text()).toContain("Write as a customer");
  });

  it("answer as the Graph API for numbers and subscriptions, to the right token only", async () => {
    await begin({ numbers: [STANDIN_NUMBER, OTHER] });
    const get = async (path: string, token: string) => {
      const response = await fetch(`${standin.url}/v25.0/${path}`, { headers: { Authorization: `Bearer ${token}` } });
      return { status: response.status, json: await response.json() };
    };
    expect(await get(`${OTHER.wabaId}/phone_numbers`, OTHER.token)).toMatchObject({
      status: 200,
      json: { data: [{ id: OTHER.phoneNumberId }] },
    });
    expect(await get(`${OTHER.wabaId}/subscribed_apps`, OTHER.token)).toMatchObject({
      status: 200,
      json: { data: [{}] },
    });
    expect(await get(OTHER.phoneNumberId, OTHER.token)).toMatchObject({ status: 200, json: { status: "CONNECTED" } });
    expect(await get(`${OTHER.wabaId}/phone_numbers`, STANDIN_NUMBER.token)).toMatchObject({
      status: 400,
      json: { error: { code: 100, error_subcode: 33 } },
    });
    expect(await get(`${OTHER.wabaId}/phone_numbers`, "nobody's")).toMatchObject({
      status: 401,
      json: { error: { code: 190 } },
    });
  });
});
