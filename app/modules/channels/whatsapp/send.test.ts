import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../../tests/support/graph-standin/faults";
import {
  type GraphStandin,
  STANDIN_NUMBER,
  startGraphStandin,
} from "../../../../tests/support/graph-standin/start-graph-standin";
import type { OutboundContent, OutboundMessage, Receipt } from "../outbound-message";
import { whatsAppDriver } from "./driver.server";
import { addressesOf } from "./people";

const ANA = "5491155550101";
const settings = {
  phone_number_id: STANDIN_NUMBER.phoneNumberId,
  waba_id: STANDIN_NUMBER.wabaId,
  access_token: STANDIN_NUMBER.token,
};

let standin: GraphStandin;
beforeEach(async () => {
  standin = await startGraphStandin({ appSecret: "secret" });
  await standin.customerWrites({ from: ANA, text: "Hola" });
});
afterEach(() => standin.close());

const http = (over: object = {}) => ({
  graphUrl: standin.url,
  version: "v25.0",
  timeoutMs: 2000,
  random: () => 0,
  ...over,
});
const message = (over: Partial<OutboundMessage> = {}): OutboundMessage => ({
  id: "0190a-message",
  to: addressesOf({ waId: ANA }),
  content: { type: "text", text: "¡Buen día! 👍" },
  author: "human",
  visibility: "public",
  attempt: 0,
  ...over,
});
const send = (over: Partial<OutboundMessage> = {}, given: object = settings, over2: object = {}): Promise<Receipt> =>
  whatsAppDriver.send(message(over), given, http(over2));

describe("sending by WhatsApp", () => {
  it("delivers a text once, and names it", async () => {
    const receipt = await send({ replyToExternalId: "wamid.Q" });
    expect(receipt).toEqual({
      outcome: "sent",
      externalId: standin.box.sent[0]?.wamid,
      addresses: addressesOf({ waId: ANA }),
    });
    expect(standin.textsTo(ANA)).toEqual(["¡Buen día! 👍"]);
    expect(standin.calls).toMatchObject([
      {
        method: "POST",
        path: `/v25.0/${STANDIN_NUMBER.phoneNumberId}/messages`,
        token: STANDIN_NUMBER.token,
        query: "",
        status: 200,
      },
    ]);
    expect(standin.box.sent[0]?.body).toMatchObject({
      to: `+${ANA}`,
      context: { message_id: "wamid.Q" },
      biz_opaque_callback_data: "0190a-message",
    });
  });

  it("reaches by BSUID somebody without a telephone", async () => {
    await standin.customerWrites({ userId: "AR.777", text: "Hola" });
    const receipt = await send({ to: addressesOf({ userId: "AR.777" }) });
    expect(receipt).toMatchObject({ outcome: "sent", addresses: [{ kind: "bsuid", key: "AR.777" }] });
    expect(standin.box.sent[0]?.body).toMatchObject({ recipient: "AR.777" });
    expect(standin.box.sent[0]?.body).not.toHaveProperty("to");
  });

  it("reaches an Argentine phone however it was typed", async () => {
    await send({ to: [{ kind: "phone", key: "+541155550101", raw: "011 15-5555-0101" }] });
    expect(standin.textsTo(ANA)).toHaveLength(1);
  });

  it("sends whatever its plan makes of a content", async () => {
    const contents: OutboundContent[] = [
      { type: "text", text: "palabra ".repeat(1500) },
      {
        type: "buttons",
        text: "¿Seguimos?",
        buttons: [
          { id: "si", title: "Sí" },
          { id: "no", title: "No" },
        ],
      },
      { type: "buttons", text: "¿Cuál?", buttons: ["a", "b", "c", "d"].map((id) => ({ id, title: `Opción ${id}` })) },
      {
        type: "list",
        text: "Elegí",
        button: "Ver",
        sections: [{ rows: Array.from({ length: 10 }, (_, i) => ({ id: `${i}`, title: `Fila ${i}` })) }],
      },
      {
        type: "list",
        text: "Elegí ".repeat(900),
        button: "Ver todos los temas que hay",
        sections: [{ rows: [{ id: "1", title: "x".repeat(60) }] }],
      },
    ];
    for (const content of contents.flatMap(whatsAppDriver.plan)) {
      expect(await send({ content })).toMatchObject({ outcome: "sent" });
    }
    expect(standin.box.sent.map((one) => one.type)).toEqual([
      "text",
      "text",
      "text",
      "interactive",
      "text",
      "interactive",
      "text",
      "text",
    ]);
  });

  it("does not ask the provider for what cannot be", async () => {
    expect(await send({ to: [] })).toMatchObject({ outcome: "failed", code: "no_address", retry: "no" });
    expect(await send({}, { phone_number_id: "1" })).toMatchObject({
      outcome: "failed",
      code: "bad_settings",
      retry: "no",
    });
    expect(standin.calls).toEqual([]);
  });

  it("reports what Meta refuses", async () => {
    expect(await send({ content: { type: "text", text: "x".repeat(4097) } })).toMatchObject({
      outcome: "failed",
      reason: "request",
      code: "100",
      retry: "no",
    });
    expect(await send({ content: { type: "text", text: "" } })).toMatchObject({
      outcome: "failed",
      code: "131008",
      trace: expect.any(String),
    });
    expect(await send({}, { ...settings, phone_number_id: "404" })).toMatchObject({
      outcome: "failed",
      reason: "request",
      code: "100",
      subcode: "33",
    });
    standin.killToken(STANDIN_NUMBER.token, 460);
    expect(await send()).toMatchObject({
      outcome: "failed",
      reason: "auth",
      code: "190",
      subcode: "460",
      channel: "auth_dead",
      retry: "no",
    });
    expect(await send({}, { ...settings, access_token: "other" })).toMatchObject({ channel: "auth_dead" });
    expect(standin.textsTo(ANA)).toEqual([]);
  });

  it("reports a closed window, refused at once", async () => {
    standin.rules.window = "sync";
    expect(await send({ to: addressesOf({ waId: "5491166660202" }) })).toMatchObject({
      outcome: "failed",
      reason: "window",
      code: "131047",
      retry: "no",
    });
  });

  it("waits after too many to one person, longer each time, and lets others pass", async () => {
    standin.rules.pairBurst = 1;
    expect(await send()).toMatchObject({ outcome: "sent" });
    expect(await send({ attempt: 2 })).toMatchObject({
      outcome: "failed",
      reason: "throttled",
      code: "131056",
      retry: { afterMs: 16_000 },
    });
    expect(await send({ to: addressesOf({ waId: "5491166660202" }) })).toMatchObject({ outcome: "sent" });
  });

  it.each<[string, Fault, object]>([
    [
      "a throttle with a usage header",
      { kind: "throttle", code: 80007, regainMinutes: 3 },
      { outcome: "failed", retry: { afterMs: 180_000 } },
    ],
    [
      "a throttle with Retry-After",
      { kind: "throttle", code: 4, retryAfterSeconds: 9 },
      { outcome: "failed", retry: { afterMs: 9000 } },
    ],
    ["a throttle of the number", { kind: "throttle", code: 130429 }, { outcome: "failed", retry: { afterMs: 1000 } }],
    ["a dead token", { kind: "auth", subcode: 463 }, { outcome: "failed", channel: "auth_dead", retry: "no" }],
    [
      "a ban",
      { kind: "error", error: { status: 403, code: 368, message: "Blocked" } },
      { outcome: "failed", channel: "policy" },
    ],
    [
      "a missing right",
      { kind: "error", error: { status: 403, code: 10, message: "No permission" } },
      { outcome: "failed", reason: "permission", retry: "no" },
    ],
    ["HTML of a proxy", { kind: "html_502" }, { outcome: "unknown", code: "http_502" }],
    ["silence before", { kind: "silence_before_accept" }, { outcome: "unknown", code: "TimeoutError" }],
    ["a cut before", { kind: "reset_before_accept" }, { outcome: "unknown" }],
  ])("sends nothing and says so truly after %s", async (_, fault, expected) => {
    standin.fail(fault);
    expect(await send({}, settings, { timeoutMs: 300 })).toMatchObject(expected);
    expect(standin.textsTo(ANA)).toEqual([]);
  });

  it.each<[string, Fault]>([
    ["HTML of a proxy", { kind: "html_502_after_accept" }],
    ["code 1", { kind: "code_1_after_accept" }],
    ["half an answer", { kind: "nonsense_after_accept" }],
    ["silence", { kind: "silence_after_accept" }],
    ["a cut", { kind: "reset_after_accept" }],
    ["a body that does not end in time", { kind: "slow_body", ms: 5000 }],
  ])("never calls failed what was delivered and then answered with %s", async (_, fault) => {
    standin.fail(fault);
    expect(await send({}, settings, { timeoutMs: 300 })).toMatchObject({ outcome: "unknown" });
    expect(standin.textsTo(ANA)).toHaveLength(1);
    expect(standin.calls).toHaveLength(1);
  });

  it("waits for a slow body within its time", async () => {
    standin.fail({ kind: "slow_body", ms: 50 });
    expect(await send()).toMatchObject({ outcome: "sent" });
  });

  it("takes its token to no other host", async () => {
    const other = await startGraphStandin({ appSecret: "x" });
    standin.fail({ kind: "redirect", to: `${other.url}/v25.0/${STANDIN_NUMBER.phoneNumberId}/messages` });
    expect(await send()).toMatchObject({ outcome: "failed", retry: "no", code: "http_302" });
    expect(other.calls).toEqual([]);
    await other.close();
  });

  it("is certain that nothing left when nobody listens", async () => {
    const { url } = standin;
    await standin.close();
    expect(await send({ attempt: 1 }, settings, { graphUrl: url })).toMatchObject({
      outcome: "failed",
      reason: "transient",
      code: "ECONNREFUSED",
      retry: { afterMs: 2000 },
    });
    const cause = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND", syscall: "getaddrinfo" });
    const noName = () => Promise.reject(new TypeError("fetch failed", { cause }));
    expect(await send({}, settings, { fetch: noName })).toMatchObject({
      outcome: "failed",
      code: "ENOTFOUND",
      retry: { afterMs: 1000 },
    });
    expect(await send({}, settings, { graphUrl: "not an address" })).toMatchObject({
      outcome: "failed",
      reason: "transient",
      code: "ERR_INVALID_URL",
    });
  });

  it("never shows the token in a receipt", async () => {
    const receipts: Receipt[] = [];
    for (const kind of ["html_502", "code_1_after_accept", "reset_after_accept"] as const) {
      standin.fail({ kind });
      receipts.push(await send());
    }
    expect(JSON.stringify(receipts)).not.toContain(STANDIN_NUMBER.token);
  });
});
