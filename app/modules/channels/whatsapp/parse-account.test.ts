import { describe, expect, it } from "vitest";
import { CONTACT, textMessage, whatsAppBody, whatsAppChange } from "../../../../tests/support/whatsapp-bodies";
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
      oneOf({ message_echoes: [textMessage({ to: "5491155550101", from: "1", ...over })] }, "smb_message_echoes");
    expect(echo({ type: "edit", edit })).toMatchObject({ type: "edit", by: "business" });
    expect(echo({ type: "revoke", revoke })).toMatchObject({ type: "revoke", by: "business" });
    expect(message({ type: "revoke" })).toMatchObject({ type: "ignored", reason: "no_target" });
  });

  it("is never an echo's message taken for a customer's", () => {
    const event = oneOf(
      { contacts: [CONTACT], message_echoes: [textMessage({ from: "541155550000", to: "5491155550101" })] },
      "smb_message_echoes",
    );
    expect(event).toMatchObject({
      type: "echo",
      externalId: "wamid.A1",
      recipient: { profileName: "Ana Gómez", phone: "+5491155550101" },
    });
    expect(oneOf({ message_echoes: [textMessage({ from: "541155550000" })] }, "smb_message_echoes")).toMatchObject({
      type: "ignored",
    });
  });
});

describe("a changed identity", () => {
  const system = (over: JsonObject, own: JsonObject = {}) =>
    message({ type: "system", text: undefined, system: over, ...own }, undefined);

  it("moves the CONTACT from the old number to the new one", () => {
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
    const [batch] = parseWhatsApp(whatsAppBody({ field: "account_update", value: update }));
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
