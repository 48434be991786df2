import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InboundEvent, JsonObject } from "../inbound-event";
import { parseWhatsApp } from "./parse.server";

const NUMBER = "900100200300";
const contact = { wa_id: "5491155550101", profile: { name: "Ana Gómez" } };
const text = (over: JsonObject = {}) => ({
  id: "wamid.A1",
  from: "5491155550101",
  timestamp: "1770000000",
  type: "text",
  text: { body: "Hola" },
  ...over,
});
const change = (value: JsonObject, field = "messages") => ({
  field,
  value: {
    messaging_product: "whatsapp",
    metadata: { phone_number_id: NUMBER, display_phone_number: "+54 11 5555-0000" },
    ...value,
  },
});
const body = (...changes: unknown[]) => ({ object: "whatsapp_business_account", entry: [{ id: "waba-1", changes }] });
const eventsOf = (payload: unknown): InboundEvent[] => parseWhatsApp(payload).flatMap((batch) => batch.events);
const oneOf = (value: JsonObject, field?: string): InboundEvent => {
  const events = eventsOf(body(change(value, field)));
  expect(events).toHaveLength(1);
  return events[0] as InboundEvent;
};
const message = (over: JsonObject, contacts: unknown = [contact]) => oneOf({ contacts, messages: [text(over)] });
const keysOf = (addresses: { kind: string; key: string }[]) =>
  Object.fromEntries(addresses.map((a) => [a.kind, a.key]));

describe("a text", () => {
  it("becomes one message with everything known of its sender", () => {
    expect(parseWhatsApp(body(change({ contacts: [contact], messages: [text()] })))).toEqual([
      {
        accountKey: { kind: "phone_number_id", id: NUMBER },
        events: [
          {
            type: "message",
            account: { kind: "phone_number_id", id: NUMBER },
            key: "message:wamid.A1",
            externalId: "wamid.A1",
            sentAt: new Date(1_770_000_000_000),
            sender: {
              addresses: [
                { kind: "wa_id", key: "5491155550101", raw: "5491155550101" },
                { kind: "phone", key: "+541155550101", raw: "+5491155550101" },
              ],
              profileName: "Ana Gómez",
              phone: "+5491155550101",
            },
            content: { kind: "text", text: "Hola", payload: {}, attachments: [] },
          },
        ],
      },
    ]);
  });

  it("loses NUL and lone surrogates, in names and nested data too, and keeps emoji", () => {
    const event = message({ text: { body: "a\u0000b \ud83d 👍" }, referral: { headline: "\u0000x" } }, [
      { ...contact, profile: { name: "A\u0000na" } },
    ]);
    expect(event).toMatchObject({
      content: { text: "ab \ufffd 👍" },
      sender: { profileName: "Ana" },
      referral: { headline: "x" },
    });
  });

  it("cleans what a Flow hides in its inner JSON", () => {
    const nfm_reply = { body: "Enviado", response_json: '{"nombre":"Ana\\u0000","__proto__":{"x":1}}' };
    const event = message({ type: "interactive", interactive: { type: "nfm_reply", nfm_reply } });
    expect(event).toMatchObject({
      content: { kind: "interactive", text: "Enviado", payload: { answers: { nombre: "Ana" } } },
    });
  });

  it("is kept with an unreadable time, which is left to the time of receipt", () => {
    for (const timestamp of ["asdf", undefined, "0", -1, {}]) {
      expect(message({ timestamp })).toMatchObject({ type: "message", sentAt: null });
    }
    expect(message({ timestamp: 1770000000 })).toMatchObject({ sentAt: new Date(1_770_000_000_000) });
  });

  it("quotes another message, never itself and never without an id", () => {
    expect(message({ context: { id: "wamid.Q", from: "1" } })).toMatchObject({ replyToExternalId: "wamid.Q" });
    expect(message({ context: { id: "wamid.A1" } })).not.toHaveProperty("replyToExternalId");
    expect(message({ context: { forwarded: true } })).not.toHaveProperty("replyToExternalId");
    expect(message({ context: { forwarded: true } })).toMatchObject({ content: { payload: { forwarded: "once" } } });
  });

  it("without words, or without its type, still stands in the thread", () => {
    expect(message({ text: undefined })).toMatchObject({
      content: { kind: "placeholder", payload: { reason: "empty" } },
    });
    expect(message({ type: undefined })).toMatchObject({ content: { kind: "text", text: "Hola" } });
  });
});

describe("a sender", () => {
  const senderOf = (over: JsonObject, contacts: unknown) => {
    const event = message(over, contacts);
    return event.type === "message" ? event.sender : null;
  };

  it("without a phone is known by the business-scoped ids", () => {
    const ids = { from: undefined, from_user_id: "AR.123abc", from_parent_user_id: "AR.ENT.9" };
    const sender = senderOf(ids, [{ user_id: "AR.123abc", profile: { name: "Beto", username: "@Beto.R" } }]);
    expect(keysOf(sender?.addresses ?? [])).toEqual({
      bsuid: "AR.123abc",
      parent_bsuid: "AR.ENT.9",
      username: "beto.r",
    });
    expect(sender).not.toHaveProperty("phone");
  });

  it("is one person when one delivery shows both kinds of id", () => {
    const sender = senderOf({ from_user_id: "AR.7" }, [{ ...contact, user_id: "AR.7", parent_user_id: "AR.ENT.1" }]);
    expect(keysOf(sender?.addresses ?? [])).toEqual({
      wa_id: "5491155550101",
      phone: "+541155550101",
      bsuid: "AR.7",
      parent_bsuid: "AR.ENT.1",
    });
  });

  it("written as a BSUID in `from` is no telephone", () => {
    const sender = senderOf({ from: "AR.1234" }, []);
    expect(sender).toEqual({ addresses: [{ kind: "bsuid", key: "AR.1234", raw: "AR.1234" }] });
  });

  it("gets neither name nor addresses of a contact who bears another id", () => {
    const stranger = { wa_id: "5491100000000", user_id: "AR.9", profile: { name: "Otra" } };
    expect(keysOf(senderOf({}, [stranger])?.addresses ?? [])).toEqual({
      wa_id: "5491155550101",
      phone: "+541155550101",
    });
    expect(senderOf({}, [stranger])).not.toHaveProperty("profileName");
    expect(senderOf({}, [stranger, contact])).toMatchObject({ profileName: "Ana Gómez" });
  });

  it("is found in the only contact when the message names none, never among several", () => {
    const nobody = { from: undefined };
    expect(senderOf(nobody, [contact])).toMatchObject({ profileName: "Ana Gómez", phone: "+5491155550101" });
    expect(message(nobody, [contact, { wa_id: "549110" }])).toMatchObject({ type: "ignored", reason: "no_sender" });
  });

  it("that nobody names, or that only a user name names, is left out", () => {
    expect(message({ from: undefined }, [])).toMatchObject({ type: "ignored", reason: "no_sender" });
    const byName = [{ profile: { name: "X", username: "@ana" } }];
    expect(message({ from: "" }, byName)).toMatchObject({ type: "ignored", reason: "no_sender" });
  });

  it("of a group never enters a conversation of two", () => {
    expect(message({ group_id: "1203@g.us" })).toMatchObject({ type: "ignored", reason: "group" });
  });
});

describe("content", () => {
  it.each([
    [
      "image",
      { id: "m1", mime_type: "image/jpeg", sha256: "abc=", caption: "Mirá" },
      { kind: "image", name: "image.jpg", caption: "Mirá" },
    ],
    [
      "audio",
      { id: "m2", mime_type: "audio\\/ogg; codecs=opus", voice: true },
      { kind: "voice", voice: true, mime: "audio/ogg" },
    ],
    ["audio", { id: "m3", mime_type: "audio/mpeg" }, { kind: "audio", voice: false, name: "audio.mp3" }],
    ["voice", { id: "m4", mime_type: "audio/ogg" }, { kind: "voice", voice: true, name: "voice.ogg" }],
    [
      "document",
      { id: 55, filename: "../../a/Factura 1.pdf", mime_type: "application/pdf" },
      { kind: "file", name: "Factura 1.pdf", providerId: "55" },
    ],
    ["sticker", { id: "m5", mime_type: "image/webp" }, { kind: "sticker" }],
    [
      "video",
      { id: "m6", url: "https://lookaside.example/1" },
      { kind: "video", mime: null, url: "https://lookaside.example/1" },
    ],
  ])("of type %s keeps what is needed to fetch the file", (type, file, expected) => {
    const event = message({ type, [type]: file, text: undefined });
    expect(event).toMatchObject({
      content: { kind: "media", text: "caption" in file ? file.caption : "", attachments: [expected] },
    });
  });

  it("of a file without its id is a placeholder with the caption and the errors", () => {
    const errors = [{ code: 131052, title: "Media download error" }];
    const event = message({ type: "document", document: { caption: "Contrato" }, errors });
    expect(event).toMatchObject({
      content: { kind: "placeholder", text: "Contrato", payload: { reason: "media_missing", errors } },
    });
  });

  it("of a place takes 0 for a place and refuses what is none", () => {
    const at = (latitude: unknown, longitude: unknown) =>
      message({ type: "location", location: { latitude, longitude, name: "Playa" } });
    expect(at(0, -58.4)).toMatchObject({
      content: { kind: "location", text: "Playa", payload: { latitude: 0, longitude: -58.4 } },
    });
    expect(at("-34.6", "0")).toMatchObject({ content: { payload: { latitude: -34.6, longitude: 0 } } });
    expect(at(91, 0)).toMatchObject({ content: { kind: "placeholder", text: "Playa" } });
    expect(at(null, "")).toMatchObject({ content: { kind: "placeholder" } });
  });

  it("of an answer to buttons and lists names the choice", () => {
    const reply = (type: string, detail: JsonObject) =>
      message({ type: "interactive", interactive: { type, [type]: detail } });
    const choice = { id: "ventas", title: "Ventas" };
    expect(reply("button_reply", choice)).toMatchObject({ content: { kind: "interactive", text: "Ventas", choice } });
    expect(reply("list_reply", { ...choice, description: "De 9 a 18" })).toMatchObject({
      content: { choice, payload: { type: "list_reply", description: "De 9 a 18" } },
    });
    expect(message({ type: "button", button: { text: "No", payload: "no-1" } })).toMatchObject({
      content: { kind: "interactive", text: "No", choice: { id: "no-1", title: "No" } },
    });
    expect(message({ type: "interactive" })).toMatchObject({ content: { kind: "placeholder" } });
    expect(reply("__proto__", {})).toMatchObject({ type: "message", content: { kind: "interactive" } });
  });

  it("that is not known is a placeholder that names it", () => {
    expect(message({ type: "hologram", hologram: {} })).toMatchObject({
      content: { kind: "placeholder", payload: { reason: "unsupported", type: "hologram" } },
    });
    expect(message({ type: "unsupported", unsupported: { type: "poll_creation" } })).toMatchObject({
      content: { kind: "placeholder", text: "", payload: { type: "poll_creation" } },
    });
    expect(message({ type: "constructor" })).toMatchObject({ content: { kind: "placeholder" } });
  });
});

describe("what happens to earlier messages", () => {
  it("is a reaction, set or taken back", () => {
    expect(message({ type: "reaction", reaction: { message_id: "wamid.T", emoji: "😮" } })).toMatchObject({
      type: "reaction",
      targetExternalId: "wamid.T",
      emoji: "😮",
    });
    expect(message({ type: "reaction", reaction: { message_id: "wamid.T", emoji: "" } })).toMatchObject({
      emoji: null,
    });
    expect(message({ type: "reaction", reaction: {} })).toMatchObject({ type: "ignored", reason: "no_target" });
    expect(message({ type: "reaction", from: "", reaction: { message_id: "x" } }, [])).toMatchObject({
      reason: "no_sender",
    });
  });

  it("is an edit or a deletion, by the customer or by the business", () => {
    const edit = { original_message_id: "wamid.T", message: { type: "text", text: { body: "Nuevo" } } };
    const revoke = { original_message_id: "wamid.T" };
    expect(message({ type: "edit", edit })).toMatchObject({
      type: "edit",
      by: "customer",
      targetExternalId: "wamid.T",
      content: { text: "Nuevo" },
    });
    expect(message({ type: "revoke", revoke })).toMatchObject({
      type: "revoke",
      by: "customer",
      targetExternalId: "wamid.T",
    });
    const echo = (over: JsonObject) =>
      oneOf({ message_echoes: [text({ to: "5491155550101", from: "1", ...over })] }, "smb_message_echoes");
    expect(echo({ type: "edit", edit })).toMatchObject({ type: "edit", by: "business" });
    expect(echo({ type: "revoke", revoke })).toMatchObject({ type: "revoke", by: "business" });
    expect(message({ type: "revoke" })).toMatchObject({ type: "ignored", reason: "no_target" });
  });

  it("is never an echo's message taken for a customer's", () => {
    const event = oneOf(
      { contacts: [contact], message_echoes: [text({ from: "541155550000", to: "5491155550101" })] },
      "smb_message_echoes",
    );
    expect(event).toMatchObject({
      type: "echo",
      externalId: "wamid.A1",
      recipient: { profileName: "Ana Gómez", phone: "+5491155550101" },
    });
    expect(oneOf({ message_echoes: [text({ from: "541155550000" })] }, "smb_message_echoes")).toMatchObject({
      type: "ignored",
    });
  });
});

describe("a changed identity", () => {
  const system = (over: JsonObject, own: JsonObject = {}) =>
    message({ type: "system", text: undefined, system: over, ...own }, undefined);

  it("moves the contact from the old number to the new one", () => {
    const event = system({ type: "user_changed_number", new_wa_id: "5491166660202", body: "…" });
    expect(event).toMatchObject({
      type: "identity_change",
      from: [{ key: "5491155550101" }, {}],
      to: [{ key: "5491166660202" }, {}],
    });
  });

  it("reads the old BSUID from the end of the sentence, where no chosen name can reach", () => {
    const forged = "User X changed from AR.victim to AR.new changed from AR.old to AR.new";
    const event = system({ type: "user_changed_user_id", user_id: "AR.new", body: forged }, { from: undefined });
    expect(event).toMatchObject({
      type: "identity_change",
      from: [{ kind: "bsuid", key: "AR.old" }],
      to: [{ key: "AR.new" }],
    });
    const other = system(
      { type: "user_changed_user_id", user_id: "AR.new", body: "User X changed from AR.a to AR.b" },
      { from: undefined },
    );
    expect(other).toMatchObject({ type: "identity_change", from: [], to: [{ key: "AR.new" }] });
  });

  it("is only a notice when nothing says to what", () => {
    expect(system({ type: "user_changed_number" })).toMatchObject({ type: "notice", topic: "identity" });
    expect(system({ type: "customer_identity_changed" })).toMatchObject({
      type: "notice",
      code: "customer_identity_changed",
    });
    expect(system({ type: "user_changed_number", wa_id: "5491155550101" })).toMatchObject({ type: "notice" });
  });

  it("comes as a field of its own too", () => {
    const update = { user_id: { previous: "AR.1", current: "AR.2" }, wa_id: "5491155550101", timestamp: "1770000000" };
    const event = oneOf({ user_id_update: [update] }, "user_id_update");
    expect(event.type === "identity_change" && [keysOf(event.from).bsuid, keysOf(event.to).bsuid]).toEqual([
      "AR.1",
      "AR.2",
    ]);
  });
});

describe("a status", () => {
  const status = (over: JsonObject) =>
    oneOf({
      statuses: [{ id: "wamid.S", status: "sent", timestamp: "1770000000", recipient_id: "5491155550101", ...over }],
    });

  it.each([
    ["sent", "sent"],
    ["delivered", "delivered"],
    ["read", "read"],
    ["played", "read"],
    ["failed", "failed"],
  ])("%s counts as %s", (word, counted) => {
    expect(status({ status: word })).toMatchObject({
      type: "status",
      externalId: "wamid.S",
      status: counted,
      key: `status:wamid.S:${counted}`,
    });
  });

  it("carries our own mark, the recipient and the reason of a failure", () => {
    const errors = [{ code: 131047, title: "Re-engagement message", error_data: { details: "More than 24 hours" } }];
    expect(status({ status: "failed", errors, biz_opaque_callback_data: "0190-abc" })).toMatchObject({
      correlation: "0190-abc",
      error: { code: "131047", title: "Re-engagement message", details: "More than 24 hours" },
      recipient: [{ kind: "wa_id" }, { kind: "phone" }],
    });
    expect(status({ status: "failed" })).not.toHaveProperty("error");
    expect(status({ errors })).not.toHaveProperty("error");
  });

  it("that is unknown, of a group, or of nothing is left out", () => {
    expect(status({ status: "in_orbit" })).toMatchObject({
      type: "ignored",
      reason: "unknown_status",
      detail: "in_orbit",
    });
    expect(status({ status: "deleted" })).toMatchObject({ type: "ignored" });
    expect(status({ recipient_type: "group" })).toMatchObject({ type: "ignored", reason: "group" });
    expect(status({ id: undefined })).toMatchObject({ type: "ignored", reason: "no_id" });
  });

  it("without any recipient still finds its message by id", () => {
    expect(status({ recipient_id: undefined })).toMatchObject({ type: "status", recipient: [] });
  });
});

describe("the account's own news", () => {
  it("is a notice, and tells when the channel is dead", () => {
    expect(oneOf({ errors: [{ code: 0, title: "We were unable to authenticate the app user" }] })).toMatchObject({
      type: "notice",
      topic: "error",
      severity: "error",
      code: "0",
      channel: "auth_dead",
    });
    const limited = oneOf({ errors: [{ code: 130429, title: "Rate limit hit" }] });
    expect(limited).toMatchObject({ type: "notice", severity: "warning" });
    expect(limited).not.toHaveProperty("channel");
  });

  it("belongs to the whole account when no number is named", () => {
    const update = { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } };
    const [batch] = parseWhatsApp(body({ field: "account_update", value: update }));
    expect(batch).toMatchObject({
      accountKey: { kind: "waba_id", id: "waba-1" },
      events: [{ topic: "account", channel: "policy" }],
    });
  });

  it("of a template says its language as it is sent", () => {
    const value = { event: "APPROVED", message_template_id: 12, message_template_language: "es-AR" };
    expect(oneOf(value, "message_template_status_update")).toMatchObject({
      topic: "template",
      payload: { message_template_language: "es_AR", message_template_id: "12" },
    });
  });

  it("of no interest is left out by name", () => {
    for (const field of ["calls", "flows", "constructor", "__proto__", ""]) {
      expect(oneOf({}, field)).toMatchObject({ type: "ignored", reason: "unknown_field" });
    }
    expect(oneOf({}, "history")).toMatchObject({ type: "ignored", reason: "history" });
  });
});

describe("a delivery", () => {
  const statusOf = (id: string, status: string) => ({ id, status, timestamp: "1770000000" });

  it("gives every entry, change and message to its own account, in order", () => {
    const other = { field: "messages", value: { metadata: { phone_number_id: "2" }, messages: [text({ id: "b1" })] } };
    const payload = {
      object: "whatsapp_business_account",
      entry: [
        {
          id: "w1",
          changes: [change({ messages: [text({ id: "a1" }), text({ id: "a2" })], statuses: [statusOf("s", "sent")] })],
        },
        { id: "w2", changes: [other, change({ messages: [text({ id: "a3" })] })] },
      ],
    };
    const batches = parseWhatsApp(payload);
    expect(batches.map((b) => [b.accountKey.id, b.events.map((e) => e.key)])).toEqual([
      [NUMBER, ["message:a1", "message:a2", "status:s:sent", "message:a3"]],
      ["2", ["message:b1"]],
    ]);
  });

  it("counts one message once, and the same id at another account apart", () => {
    const other = { field: "messages", value: { metadata: { phone_number_id: "2" }, messages: [text()] } };
    const events = eventsOf(body(change({ messages: [text(), text()] }), change({ messages: [text()] }), other));
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
    expect(eventsOf(body(change({ statuses }))).map((e) => e.type)).toEqual([
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
      text({ id: "ok1" }),
      { id: "ok2", from: [], type: {} },
      text({ id: "ok3", text: [] }),
      text({ id: "ok4" }),
    ];
    const events = eventsOf(
      body(
        null,
        3,
        { field: 7 },
        change({ messages, contacts: "no" }),
        change({ messages: { ...text({ id: "lone" }) } }),
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
    const value = { messages: [text()], metadata: {} };
    expect(eventsOf(body({ field: "messages", value }))).toMatchObject([{ type: "ignored", reason: "no_account" }]);
  });

  it("of a thousand messages is read whole", () => {
    const messages = Array.from({ length: 1000 }, (_, i) => text({ id: `m${i}` }));
    expect(eventsOf(body(change({ messages }))).filter((e) => e.type === "message")).toHaveLength(1000);
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
    fc.assert(fc.property(value, field, (json, name) => void parseWhatsApp(body({ field: name, value: json }))));
  });

  it("survives any single value being replaced by any other", () => {
    const whole = body(
      change({
        contacts: [contact],
        messages: [text({ context: { id: "q" }, referral: { source_id: "1" } })],
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
