import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../inbound-event";
import { parseMessaging } from "./parse-messaging.server";

const PAGE = { account: "page_id", person: "psid" } as const;
const entry = (...messaging: unknown[]) => ({
  object: "page",
  entry: [{ id: "page-1", time: 1770000000000, messaging }],
});
const item = (over: JsonObject) => ({
  sender: { id: "psid-1" },
  recipient: { id: "page-1" },
  timestamp: 1770000000000,
  ...over,
});
const eventsOf = (payload: unknown) => parseMessaging(payload, PAGE).flatMap((batch) => batch.events);
const read = (over: JsonObject) => eventsOf(entry(item(over)))[0];
const withAttachments = (...attachments: unknown[]) => read({ message: { mid: "m1", attachments } });

describe("a page's events", () => {
  it("tell business and person apart, in echoes too", () => {
    const echo = {
      sender: { id: "page-1" },
      recipient: { id: "psid-1" },
      message: { mid: "m2", text: "Hola", is_echo: true },
    };
    expect(read(echo)).toMatchObject({
      type: "echo",
      account: { id: "page-1" },
      recipient: { addresses: [{ key: "psid-1" }] },
    });
    expect(read({ message: { mid: "m1", text: "Hola" } })).toMatchObject({
      type: "message",
      sender: { addresses: [{ key: "psid-1" }] },
    });
    const toOther = { recipient: { id: "page-2" }, message: { mid: "m3", text: "x" } };
    expect(read(toOther)).toMatchObject({ account: { id: "page-2" } });
  });

  it("without a person, or with a reference that is not one yet, make no contact", () => {
    for (const sender of [undefined, {}, { user_ref: "abc" }, { id: "" }, { id: null }]) {
      expect(read({ sender, message: { mid: "m1", text: "x" } })).toMatchObject({
        type: "ignored",
        reason: "no_sender",
      });
    }
  });

  it("that the page wrote to itself come from nobody", () => {
    const own = { sender: { id: "page-1" }, message: { mid: "m1", text: "x" } };
    expect(read(own)).toMatchObject({ type: "ignored", reason: "no_sender", account: { id: "page-1" } });
  });

  it("show a sticker once when it comes as image and as sticker", () => {
    const payload = { url: "https://cdn.example/s.png", sticker_id: "369239263222822" };
    const both = withAttachments({ type: "image", payload }, { type: "sticker", payload });
    expect(both).toMatchObject({ content: { text: "👍", attachments: [{ kind: "sticker" }] } });
  });

  it("take no file from an address that is none", () => {
    for (const url of ["My Documents/foo.doc", "/reel/1", "javascript:alert(1)", "file:///etc/passwd", 7, null]) {
      expect(withAttachments({ type: "image", payload: { url } })).toMatchObject({
        content: { kind: "placeholder", attachments: [] },
      });
    }
    expect(withAttachments({ type: "image", payload: null }, "x", null)).toMatchObject({
      content: { kind: "placeholder" },
    });
  });

  it("keep several files with their text", () => {
    const file = (type: string, url: string) => ({ type, payload: { url } });
    const message = {
      mid: "m1",
      text: "Mirá",
      attachments: [file("image", "https://a.example/1"), file("video", "https://a.example/2")],
    };
    expect(read({ message })).toMatchObject({
      content: { kind: "media", text: "Mirá", attachments: [{ kind: "image" }, { kind: "video" }] },
    });
  });

  it("name a postback without an id by who, when and what", () => {
    const postback = { title: "Empezar", payload: "get_started" };
    const [first, again] = eventsOf(entry(item({ postback }), item({ postback })));
    expect([first?.type, again?.type]).toEqual(["message", "ignored"]);
    const later = eventsOf(entry(item({ postback, timestamp: 1770000001000 })))[0];
    expect(later?.key).not.toBe(first?.key);
    expect(read({ postback: { ...postback, mid: "m9" } })).toMatchObject({ externalId: "m9" });
  });

  it("take a reaction's name for its emoji when that is all there is", () => {
    const reaction = (over: JsonObject) => read({ reaction: { mid: "m1", ...over } });
    expect(reaction({ action: "react", reaction: "love" })).toMatchObject({ emoji: "❤️" });
    expect(reaction({ action: "unreact", emoji: "x" })).toMatchObject({ emoji: null });
  });

  it("of a read without anybody still name the message", () => {
    const [event] = eventsOf({ entry: [{ id: "ig-1", messaging: [{ timestamp: 1, read: { mid: "m1" } }] }] });
    expect(event).toMatchObject({ type: "watermark", status: "read", upToExternalId: "m1", recipient: [] });
  });

  it("never throw, whatever they are, and never name nobody", () => {
    const fields = [
      "message",
      "message_edit",
      "reaction",
      "postback",
      "referral",
      "delivery",
      "read",
      "optin",
      "policy_enforcement",
      "standby",
    ];
    const odd = fc.record({ sender: fc.jsonValue(), recipient: fc.jsonValue(), timestamp: fc.jsonValue() });
    fc.assert(fc.property(fc.anything(), (payload) => void parseMessaging(payload, PAGE)));
    fc.assert(
      fc.property(odd, fc.constantFrom(...fields), fc.jsonValue(), (frame, field, value) => {
        for (const event of eventsOf(
          entry({ ...frame, [field]: value }, item({ message: { mid: "ok", text: "ok" } })),
        )) {
          if (event.type === "message") expect(event.sender.addresses[0]?.key).toBeTruthy();
        }
        expect(
          eventsOf(entry({ ...frame, [field]: value }, item({ message: { mid: "ok", text: "ok" } }))).at(-1),
        ).toMatchObject({ key: "message:ok" });
      }),
    );
  });
});
