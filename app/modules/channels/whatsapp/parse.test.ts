import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CONTACT, NUMBER, textMessage, whatsAppBody, whatsAppChange } from "../../../../tests/support/whatsapp-bodies";
import type { InboundEvent } from "../inbound-event";
import { parseWhatsApp } from "./parse.server";

const eventsOf = (payload: unknown): InboundEvent[] => parseWhatsApp(payload).flatMap((batch) => batch.events);

describe("a delivery", () => {
  const statusOf = (id: string, status: string) => ({ id, status, timestamp: "1770000000" });

  it("gives every entry, change and message to its own account, in order", () => {
    const other = {
      field: "messages",
      value: { metadata: { phone_number_id: "2" }, messages: [textMessage({ id: "b1" })] },
    };
    const payload = {
      object: "whatsapp_business_account",
      entry: [
        {
          id: "w1",
          changes: [
            whatsAppChange({
              messages: [textMessage({ id: "a1" }), textMessage({ id: "a2" })],
              statuses: [statusOf("s", "sent")],
            }),
          ],
        },
        { id: "w2", changes: [other, whatsAppChange({ messages: [textMessage({ id: "a3" })] })] },
      ],
    };
    const batches = parseWhatsApp(payload);
    expect(batches.map((b) => [b.accountKey.id, b.events.map((e) => e.key)])).toEqual([
      [NUMBER, ["message:a1", "message:a2", "status:s:sent", "message:a3"]],
      ["2", ["message:b1"]],
    ]);
  });

  it("counts one message once, and the same id at another account apart", () => {
    const other = { field: "messages", value: { metadata: { phone_number_id: "2" }, messages: [textMessage()] } };
    const events = eventsOf(
      whatsAppBody(
        whatsAppChange({ messages: [textMessage(), textMessage()] }),
        whatsAppChange({ messages: [textMessage()] }),
        other,
      ),
    );
    expect(events.map((e) => (e.type === "ignored" ? e.reason : e.type))).toEqual([
      "message",
      "duplicate",
      "duplicate",
      "message",
    ]);
    const statuses = [
      statusOf("s", "sent"),
      statusOf("s", "delivered"),
      statusOf("s", "sent"),
      statusOf("s", "read"),
      statusOf("s", "played"),
    ];
    expect(eventsOf(whatsAppBody(whatsAppChange({ statuses }))).map((e) => e.type)).toEqual([
      "status",
      "status",
      "ignored",
      "status",
      "ignored",
    ]);
  });

  it("does not lose the good ones among the bad", () => {
    const messages = [
      null,
      7,
      "x",
      [],
      {},
      textMessage({ id: "ok1" }),
      { id: "ok2", from: [], type: {} },
      textMessage({ id: "ok3", text: [] }),
      textMessage({ id: "ok4" }),
    ];
    const events = eventsOf(
      whatsAppBody(
        null,
        3,
        { field: 7 },
        whatsAppChange({ messages, contacts: "no" }),
        whatsAppChange({ messages: { ...textMessage({ id: "lone" }) } }),
      ),
    );
    expect(events.filter((e) => e.type === "message").map((e) => e.key)).toEqual([
      "message:ok1",
      "message:ok3",
      "message:ok4",
      "message:lone",
    ]);
  });

  it("whose number is missing reaches nobody", () => {
    const value = { messages: [textMessage()], metadata: {} };
    expect(eventsOf(whatsAppBody({ field: "messages", value }))).toMatchObject([
      { type: "ignored", reason: "no_account" },
    ]);
  });

  it("of a thousand messages is read whole", () => {
    const messages = Array.from({ length: 1000 }, (_, i) => textMessage({ id: `m${i}` }));
    expect(eventsOf(whatsAppBody(whatsAppChange({ messages }))).filter((e) => e.type === "message")).toHaveLength(1000);
  });

  it("never throws, whatever it is", () => {
    fc.assert(fc.property(fc.anything(), (payload) => void parseWhatsApp(payload)));
    const value = fc.oneof(
      fc.record({
        messages: fc.array(fc.jsonValue()),
        statuses: fc.array(fc.jsonValue()),
        errors: fc.jsonValue(),
        contacts: fc.jsonValue(),
        metadata: fc.jsonValue(),
      }),
      fc.jsonValue(),
    );
    const field = fc.constantFrom(
      "messages",
      "smb_message_echoes",
      "user_preferences",
      "user_id_update",
      "account_update",
      "message_template_status_update",
      "history",
      "x",
    );
    fc.assert(
      fc.property(value, field, (json, name) => void parseWhatsApp(whatsAppBody({ field: name, value: json }))),
    );
  });

  it("survives any single value being replaced by any other", () => {
    const whole = whatsAppBody(
      whatsAppChange({
        contacts: [CONTACT],
        messages: [textMessage({ context: { id: "q" }, referral: { source_id: "1" } })],
        statuses: [statusOf("s", "sent")],
      }),
    );
    const paths: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]) => {
      paths.push(path);
      if (typeof value === "object" && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    };
    walk(whole, []);
    fc.assert(
      fc.property(fc.constantFrom(...paths.slice(1)), fc.jsonValue(), (path, intruder) => {
        const copy = structuredClone(whole) as never as Record<string | number, never>;
        const last = path.at(-1) as string;
        const parent = path.slice(0, -1).reduce((node, key) => node[key] as never, copy) as Record<string, unknown>;
        parent[last] = intruder;
        for (const event of eventsOf(copy)) {
          expect(event.type === "ignored" && event.reason === "malformed").toBe(false);
          if (event.type === "message") expect(event.sender.addresses.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
