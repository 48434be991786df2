import { describe, expect, it } from "vitest";
import { metaBodies } from "../../../../tests/support/meta-bodies";
import { parseWhatsApp } from "./parse.server";

const address = (kind: string, key: string) => expect.objectContaining({ kind, key });
const from = (...addresses: unknown[]) => ({ sender: { addresses: expect.arrayContaining(addresses) } });
const text = (words: string, over: object = {}) => ({
  type: "message",
  content: { kind: "text", text: words, ...over },
});
const file = (kind: string, words: string, over: object = {}) => ({
  type: "message",
  content: { kind: "media", text: words, attachments: [{ kind, ...over }] },
});
const placeholder = (type: string) => ({
  type: "message",
  content: { kind: "placeholder", text: "", payload: { type } },
});
const chosen = (id: string, title: string) => ({
  type: "message",
  content: { kind: "interactive", text: title, choice: { id, title } },
});
const status = (word: string, over: object = {}) => ({ type: "status", status: word, ...over });
const ignored = (reason: string) => ({ type: "ignored", reason });
const notice = (topic: string, severity: string, over: object = {}) => ({ type: "notice", topic, severity, ...over });
const reaction = (targetExternalId: string, emoji: string | null) => ({ type: "reaction", targetExternalId, emoji });

/** What each body must become, in order; a body that is not named here fails the test. */
const EXPECTED: Record<string, object[]> = {
  "account-update-ban": [notice("account", "warning")],
  "audio-voice-note": [file("voice", "", { mime: "audio/ogg", voice: true, providerId: "1113842206146232" })],
  "batch-duplicate-same-wamid": [text("Hello World"), ignored("duplicate")],
  "business-username-update": [ignored("unknown_field")],
  "button-no-context": [chosen("callback_data", "title")],
  "contacts-many": [{ type: "message", content: { kind: "contact", text: "Chandler Bing, Monica, Rachel Green" } }],
  "contacts-request-bsuid-vcard": [
    {
      type: "message",
      content: { kind: "contact", payload: { origin: "contact_request/other" } },
      ...from(address("bsuid", "US.13491208655302741918")),
    },
  ],
  "contacts-two": [
    {
      type: "message",
      content: { kind: "contact", payload: { contacts: [{}, { phones: [{ wa_id: "39349REDACTED" }] }] } },
    },
  ],
  "docs-contacts": [{ type: "message", content: { kind: "contact", text: "Barbara J. Johnson" } }],
  "docs-image": [file("image", "Taj Mahal", { providerId: "1003383421387256" })],
  "docs-order": [
    {
      type: "message",
      content: { kind: "interactive", text: "Love these!", payload: { type: "order", product_items: [{}, {}] } },
    },
  ],
  "docs-status-failed-131049": [status("failed", { error: { code: "131049" } })],
  "docs-status-sent-pmp": [status("sent", { pricing: { pricing_model: "PMP" } })],
  "docs-status-sent-v24-no-conversation": [status("sent")],
  "docs-sticker": [file("sticker", "", { mime: "image/webp" })],
  "docs-text-ctwa-referral-clid": [
    {
      ...text("Can I get more info about this?"),
      referral: { ctwa_clid: expect.stringMatching(/^Aff-/), welcome_message: { text: expect.any(String) } },
    },
  ],
  "docs-text-message-business-button": [
    text("Is this still available?", { payload: { referred_product: { product_retailer_id: "di9ozbzfi4" } } }),
  ],
  "docs-unsupported": [placeholder("edit")],
  "docs-value-errors": [notice("error", "warning", { code: "130429" })],
  "document-caption": [file("file", "80skaraokesonglistartist", { name: "document.pdf", providerId: "id_document" })],
  "edit-image-caption": [{ type: "edit", by: "customer", content: { text: "Updated image caption" } }],
  "group-text-bsuid": [ignored("group")],
  "group-text": [ignored("group")],
  "image-caption": [file("image", "Check out my new phone!", { providerId: "id_image" })],
  "image-with-url": [file("image", "", { url: expect.stringMatching(/^https:\/\/lookaside\.fbsbx\.com\//) })],
  "interactive-button-reply": [chosen("id_button_reply", "Yes")],
  "interactive-flow-nfm-reply-non-object": [
    { type: "message", content: { kind: "interactive", payload: { answers: ["not", "an", "object"] } } },
  ],
  "interactive-flow-nfm-reply": [
    { type: "message", content: { kind: "interactive", payload: { answers: { first_name: "Bob" } } } },
  ],
  "interactive-list-reply": [chosen("id_list_reply", "Yes")],
  "interactive-without-body": [placeholder("interactive"), notice("error", "warning", { code: "131000" })],
  "list-reply-description": [chosen("callback_data", "title")],
  "location-chosen": [{ type: "message", content: { kind: "location", payload: { latitude: 37.4611978 } } }],
  "location-named": [
    {
      type: "message",
      content: { kind: "location", payload: { latitude: 0, longitude: 1, name: "Main Street Beach" } },
    },
  ],
  order: [{ type: "message", content: { kind: "interactive", payload: { product_items: [{}, {}, {}] } } }],
  "phone-quality-flagged": [notice("quality", "warning", { code: "FLAGGED" })],
  "reaction-removed-empty-emoji": [reaction("wamid.yzxyzx=", null)],
  "reaction-removed-no-emoji": [reaction("wamid.yzxyzx=", null)],
  "reaction-thumbs-skin-tone": [reaction("wamid.xxxxxxxx", "👍🏻")],
  reaction: [reaction("wamid.yzxyzx=", "😮")],
  revoke: [{ type: "revoke", by: "customer", targetExternalId: "<ORIGINAL_WHATSAPP_MESSAGE_ID>" }],
  "smb-echo-edit": [{ type: "edit", by: "business", content: { text: "Text was edited" } }],
  "smb-echo-revoke": [{ type: "revoke", by: "business", targetExternalId: "wamid.zzzzzz" }],
  "smb-echo-text": [{ type: "echo", content: { kind: "text", text: "Test message" } }],
  "status-deleted": [ignored("unknown_status")],
  "status-delivered-bsuid-no-recipient-id": [
    status("delivered", {
      recipient: expect.arrayContaining([
        address("bsuid", "US.13491208655302741918"),
        address("parent_bsuid", "US.ENT.11815799212886844830"),
      ]),
    }),
  ],
  "status-delivered": [status("delivered")],
  "status-failed-130472": [status("failed", { error: { code: "130472" } })],
  "status-failed-131026": [status("failed", { error: { code: "131026" } })],
  "status-failed-errors": [status("failed", { externalId: "external_id", error: { code: "131014" } })],
  "status-played": [status("read")],
  "status-read-group": [ignored("group")],
  "status-read": [status("read")],
  "status-sent-biz-opaque": [status("sent", { correlation: "some data" })],
  "status-sent-cbp": [status("sent")],
  "status-unknown-in-orbit": [ignored("unknown_status")],
  sticker: [file("sticker", "", { mime: "image/webp" })],
  "system-identity-changed": [notice("identity", "info")],
  "system-user-changed-number": [
    { type: "identity_change", from: [{ key: "972987654321" }, {}], to: [{ key: "972912345678" }, {}] },
  ],
  "system-user-changed-user-id": [
    {
      type: "identity_change",
      from: [{ key: "US.10101010101010101010" }],
      to: [{ key: "US.13491208655302741918" }, {}],
    },
  ],
  "template-quick-reply-button": [
    { ...chosen("No-Button-Payload", "No"), replyToExternalId: "gBGGFmkiWVVPAgkgQkwi7IORac0" },
  ],
  "template-status-approved": [notice("template", "info", { payload: { message_template_language: "en_US" } })],
  "template-status-flagged": [notice("template", "warning")],
  "text-bad-timestamp-and-from": [{ ...text("Hello World"), sentAt: null }],
  "text-bsuid-in-from": [
    { ...text("Hello World"), sender: { addresses: [address("bsuid", "US.1234"), address("username", "kfisher")] } },
  ],
  "text-bsuid-only": [
    { ...text("Hello World"), ...from(address("bsuid", "US.1234"), address("parent_bsuid", "US.ENT.5678")) },
  ],
  "text-ctwa-referral": [{ ...text("Test"), referral: { source_id: "ADID", headline: "AD_TITLE" } }],
  "text-forwarded": [text("forwarded text", { payload: { forwarded: "once" } })],
  "text-frequently-forwarded": [text("text forwarded many times", { payload: { forwarded: "often" } })],
  "text-hello": [
    {
      ...text("Hello World"),
      sentAt: new Date(1454119029000),
      sender: { addresses: [address("wa_id", "5678")], profileName: "Kerry Fisher" },
    },
  ],
  "text-no-from": [ignored("no_sender")],
  "text-reply-context": [{ ...text("replied text"), replyToExternalId: "wamid.xyzxyz==" }],
  "text-with-bsuid": [
    {
      ...text("Hello World"),
      ...from(address("wa_id", "5678"), address("bsuid", "US.1234"), address("username", "kfisher")),
    },
  ],
  "unknown-type-131051": [placeholder("unknown")],
  "unsupported-131051-with-text": [placeholder("unsupported")],
  "unsupported-poll": [placeholder("pool")],
  "user-id-update": [
    {
      type: "identity_change",
      from: expect.arrayContaining([address("bsuid", "US.10101010101010101010")]),
      to: expect.arrayContaining([address("bsuid", "US.13491208655302741918")]),
    },
  ],
  "user-preferences-resume": [notice("preference", "info", { code: "resume" })],
  "value-errors-auth": [notice("error", "error", { code: "0", channel: "auth_dead" })],
  "video-caption": [file("video", "Check out my new phone!", { providerId: "id_video", mime: "image/jpeg" })],
  "voice-legacy-type": [file("voice", "", { voice: true, providerId: "id_voice" })],
};

const NO_REPLY = new Set([
  "text-forwarded",
  "text-frequently-forwarded",
  "button-no-context",
  "interactive-button-reply",
]);
const bodies = metaBodies();

describe.skipIf(!bodies)("WhatsApp's own webhooks [real bodies]", () => {
  const ours = (bodies ?? []).filter((body) => body.channel === "whatsapp");

  it("are all expected here", () => {
    expect(ours.map((body) => body.file.replace(/^wa-|\.json$/g, "")).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(ours)("$file: $expected", ({ file: name, body }) => {
    const events = parseWhatsApp(body).flatMap((batch) => batch.events);
    const expected = EXPECTED[name.replace(/^wa-|\.json$/g, "")];
    expect(events).toMatchObject(expected ?? ["not expected"]);
    if (NO_REPLY.has(name.replace(/^wa-|\.json$/g, ""))) expect(events[0]).not.toHaveProperty("replyToExternalId");
  });

  it("and those of the other channels never throw", () => {
    for (const { body } of bodies ?? []) expect(() => parseWhatsApp(body)).not.toThrow();
  });
});
