import { describe, expect, it } from "vitest";
import { metaBodies } from "../../../../tests/support/meta-bodies";
import { driverOfObject } from "../drivers.server";
import { objectOf } from "./loose-json";

const text = (words: string, over: object = {}) => ({
  type: "message",
  content: { kind: "text", text: words },
  ...over,
});
const file = (kind: string, words = "") => ({
  type: "message",
  content: { kind: "media", text: words, attachments: [{ kind }] },
});
const placeholder = (reason: string, over: object = {}) => ({
  type: "message",
  content: { kind: "placeholder", payload: { reason, ...over } },
});
const tapped = (title: string, id: string, over: object = {}) => ({
  type: "message",
  content: { kind: "interactive", text: title, choice: { id } },
  ...over,
});
const notice = (topic: string, severity = "info") => ({ type: "notice", topic, severity });
const ignored = (reason: string) => ({ type: "ignored", reason });
const MID = "mid.1457764197618:41d102a3e1ae206a38";

const EXPECTED: Record<string, object[]> = {
  "ig-attachment-unsupported-type": [
    placeholder("unsupported_type", { shared: [{ url: expect.stringMatching(/^https:/) }] }),
  ],
  "ig-echo-no-text": [{ type: "echo", externalId: "qT7ywaK" }],
  "ig-icebreaker-postback": [tapped("icebreaker question", "get_started")],
  "ig-image": [file("image")],
  "ig-like-heart": [text("❤️")],
  "ig-seen-mid": [{ type: "watermark", status: "read", upToExternalId: "MESSAGE-ID", upTo: null }],
  "ig-story-mention": [placeholder("story_mention", { shared: [{ url: "https://story-url" }] })],
  "ig-text-hello": [text("Hello World", { sender: { addresses: [{ kind: "igsid", key: "5678" }] } })],
  "ig-text-unknown-account": [text("Hello World", { account: { kind: "ig_id", id: "1235" } })],
  "ig-unknown-event": [ignored("unknown_event")],
  "ig-unsent-is-deleted": [{ type: "revoke", targetExternalId: "external_id" }],
  "ms-delivery-mids": [
    {
      type: "watermark",
      status: "delivered",
      externalIds: ["mid.1458668856218:ed81099e15d3f4f233"],
      upTo: new Date(1458668856253),
    },
  ],
  "ms-delivery-no-timestamp": [{ type: "watermark", status: "delivered", upTo: new Date(1458668856253) }],
  "ms-echo-no-text-no-appid": [{ type: "echo", externalId: "qT7ywaK" }],
  "ms-echo-own-app-metadata": [
    { type: "echo", appId: "1517776481860111", correlation: "DEVELOPER_DEFINED_METADATA_STRING" },
  ],
  "ms-entry-empty": [],
  "ms-entry-without-messaging": [],
  "ms-fallback-payload-url": [placeholder("fallback", { shared: [{ type: "fallback", title: "Foo" }] })],
  "ms-ig-reel-share": [placeholder("ig_reel", { shared: [{ type: "ig_reel" }] })],
  "ms-image": [file("image")],
  "ms-is-deleted": [{ type: "revoke", targetExternalId: "message_id" }],
  "ms-is-unsupported": [placeholder("unsupported")],
  "ms-location": [{ type: "message", content: { kind: "location", payload: { latitude: 1.2, longitude: -1.3 } } }],
  "ms-message-edit": [
    { type: "edit", targetExternalId: MID, key: `edit:${MID}:37`, content: { text: "hello, world!" } },
  ],
  "ms-object-not-page": [],
  "ms-optin-notification-messages": [notice("optin")],
  "ms-optin-user-ref": [notice("optin")],
  "ms-pass-thread-control": [notice("handover")],
  "ms-policy-enforcement-block": [{ ...notice("account", "error"), channel: "policy" }],
  "ms-postback-get-started": [tapped("postback title", "get_started")],
  "ms-postback-no-title": [tapped("", "USER_DEFINED_PAYLOAD")],
  "ms-postback-referral-shortlink": [
    tapped("", "USER_DEFINED_PAYLOAD", { referral: { ref: "ref_data_in_m_dot_me_param" } }),
  ],
  "ms-postback-user-ref-sender": [ignored("no_sender")],
  "ms-postback-with-referral": [tapped("postback title", "postback payload", { referral: { ref: "postback ref" } })],
  "ms-product-template-with-text": [text("text sent along with the product")],
  "ms-quick-reply": [tapped("quick reply text", "PAYLOAD_QUICK_REPLY")],
  "ms-reaction-react": [{ type: "reaction", emoji: "😢" }],
  "ms-reaction-unreact": [{ type: "reaction", emoji: null }],
  "ms-read-watermark": [{ type: "watermark", status: "read", upTo: new Date(1458668856253) }],
  "ms-referral-ad": [{ type: "referral", referral: { ad_id: "ad id" } }],
  "ms-referral-timestamp-in-seconds": [{ type: "referral", at: new Date(1701599111000) }],
  "ms-reply-to-mid": [text("hello, world!", { replyToExternalId: "very_long_id_representing_the_original_message" })],
  "ms-reply-to-story": [{ type: "message", content: { kind: "text", payload: { story: { id: "STORY_ID" } } } }],
  "ms-standby-echo": [ignored("standby")],
  "ms-sticker-like-top-level-id": [file("sticker", "👍")],
  "ms-sticker-thumbs-up": [file("sticker", "👍")],
  "ms-text-hello": [
    text("Hello World", { sentAt: new Date(1459991487970), sender: { addresses: [{ kind: "psid", key: "5678" }] } }),
  ],
  "ms-text-numeric-ids-seq": [
    text("hello, world!", { account: { id: "12345654332" }, sender: { addresses: [{ key: "987654321432" }] } }),
  ],
  "ms-text-unknown-page": [text("Hello World", { account: { kind: "page_id", id: "1235" } })],
  "ms-unknown-event": [ignored("unknown_event")],
};

const bodies = metaBodies();

describe.skipIf(!bodies)("webhooks of pages and Instagram accounts [real bodies]", () => {
  const ours = (bodies ?? []).filter((body) => body.channel !== "whatsapp");

  it("are all expected here", () => {
    expect(ours.map((body) => body.file.replace(".json", "")).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(ours)("$file: $expected", ({ file: name, body }) => {
    const driver = driverOfObject(objectOf(body).object);
    const events = driver?.parse(body).flatMap((batch) => batch.events) ?? [];
    expect(events).toMatchObject(EXPECTED[name.replace(".json", "")] ?? ["not expected"]);
  });

  it("are read by one driver each, and by none for another object", () => {
    for (const { channel, body } of bodies ?? []) {
      const kind = driverOfObject(objectOf(body).object)?.kind;
      expect(kind ?? channel).toBe(channel);
    }
    expect(driverOfObject("notpage")).toBeNull();
    expect(driverOfObject(undefined)).toBeNull();
  });
});
