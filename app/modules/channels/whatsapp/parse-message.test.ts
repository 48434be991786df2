import { describe, expect, it } from "vitest";
import { CONTACT, NUMBER, textMessage, whatsAppBody, whatsAppChange } from "../../../../tests/support/whatsapp-bodies";
import type { InboundEvent, JsonObject } from "../inbound-event";
import { parseWhatsApp } from "./parse.server";

const eventsOf = (payload: unknown): InboundEvent[] => parseWhatsApp(payload).flatMap((batch) => batch.events);
const oneOf = (value: JsonObject, field?: string): InboundEvent => {
  const events = eventsOf(whatsAppBody(whatsAppChange(value, field)));
  expect(events).toHaveLength(1);
  return events[0] as InboundEvent;
};
const message = (over: JsonObject, contacts: unknown = [CONTACT]) => oneOf({ contacts, messages: [textMessage(over)] });
const keysOf = (addresses: { kind: string; key: string }[]) =>
  Object.fromEntries(addresses.map((a) => [a.kind, a.key]));

describe("a text", () => {
  it("becomes one message with everything known of its sender", () => {
    expect(parseWhatsApp(whatsAppBody(whatsAppChange({ contacts: [CONTACT], messages: [textMessage()] })))).toEqual([
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
      { ...CONTACT, profile: { name: "A\u0000na" } },
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
    const sender = senderOf({ from_user_id: "AR.7" }, [{ ...CONTACT, user_id: "AR.7", parent_user_id: "AR.ENT.1" }]);
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

  it("gets neither name nor addresses of a CONTACT who bears another id", () => {
    const stranger = { wa_id: "5491100000000", user_id: "AR.9", profile: { name: "Otra" } };
    expect(keysOf(senderOf({}, [stranger])?.addresses ?? [])).toEqual({
      wa_id: "5491155550101",
      phone: "+541155550101",
    });
    expect(senderOf({}, [stranger])).not.toHaveProperty("profileName");
    expect(senderOf({}, [stranger, CONTACT])).toMatchObject({ profileName: "Ana Gómez" });
  });

  it("is found in the only CONTACT when the message names none, never among several", () => {
    const nobody = { from: undefined };
    expect(senderOf(nobody, [CONTACT])).toMatchObject({ profileName: "Ana Gómez", phone: "+5491155550101" });
    expect(message(nobody, [CONTACT, { wa_id: "549110" }])).toMatchObject({ type: "ignored", reason: "no_sender" });
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
