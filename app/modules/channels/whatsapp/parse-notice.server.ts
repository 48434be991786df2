import { createHash } from "node:crypto";
import type { AccountKey, InboundEvent, JsonObject, NoticeEvent } from "../inbound-event";
import { ignored } from "../meta/event-batches";
import { classifyGraphError } from "../meta/graph-errors";
import { idOf, objectOf, textOf, timeOf } from "../meta/loose-json";
import { firstError } from "./parse-status";
import { addressesOf, personOf } from "./people";

/** Where a change stands: its account, the time of its entry, and the field that names it. */
export type ChangePlace = { account: AccountKey; entryTime: unknown; field: string };

/** Notices have no id of their own: the same words at the same time are the same notice. */
function noticeKey(place: ChangePlace, content: unknown): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([place.entryTime, content]))
    .digest("base64url");
  return `notice:${place.field}:${hash.slice(0, 22)}`;
}

type NoticeFields = Omit<NoticeEvent, "type" | "account" | "key" | "payload" | "at"> & { at?: Date | null };

function notice(place: ChangePlace, payload: JsonObject, fields: NoticeFields): NoticeEvent {
  const key = noticeKey(place, payload);
  return { type: "notice", account: place.account, key, payload, ...fields, at: fields.at ?? timeOf(place.entryTime) };
}

/** One item of `value.errors[]`: trouble of the account, never of a message. */
export function parseAccountError(item: unknown, place: ChangePlace): InboundEvent {
  const payload = objectOf(item);
  const error = firstError([item]);
  const reason = classifyGraphError({ code: payload.code });
  const channel = reason === "auth" ? "auth_dead" : reason === "policy" ? "policy" : undefined;
  return notice(place, payload, {
    topic: "error",
    severity: channel ? "error" : "warning",
    code: error?.code,
    text: error?.details ?? error?.title ?? "",
    ...(channel ? { channel } : {}),
  });
}

/** A ban is announced, then carried out; restrictions and violations leave answering possible. */
function accountSeverity(value: JsonObject): NoticeEvent["severity"] {
  const state = textOf(objectOf(value.ban_info).waba_ban_state);
  if (state === "DISABLE" || value.event === "ACCOUNT_DELETED") return "error";
  const worries = ["DISABLED_UPDATE", "ACCOUNT_RESTRICTION", "ACCOUNT_VIOLATION"].some((name) => name === value.event);
  return worries && state !== "REINSTATE" ? "warning" : "info";
}

export function parseAccountUpdate(value: JsonObject, place: ChangePlace): InboundEvent {
  const code = textOf(value.event) ?? "unknown";
  const severity = accountSeverity(value);
  const barred = severity === "error" ? { channel: "policy" as const } : {};
  return notice(place, value, { topic: "account", severity, code, text: code, ...barred });
}

export function parseQualityUpdate(value: JsonObject, place: ChangePlace): InboundEvent {
  const code = textOf(value.event) ?? "unknown";
  const severity = code === "FLAGGED" || code === "DOWNGRADE" ? "warning" : "info";
  return notice(place, value, { topic: "quality", severity, code, text: code });
}

const BAD_FOR_TEMPLATE = new Set(["REJECTED", "PAUSED", "FLAGGED", "DISABLED", "DELETED", "PENDING_DELETION"]);

/** Languages are written `en-US` in places; templates are sent as `en_US`. */
export function parseTemplateStatus(value: JsonObject, place: ChangePlace): InboundEvent {
  const code = textOf(value.event) ?? "unknown";
  const language = textOf(value.message_template_language)?.replace("-", "_");
  const id = idOf(value.message_template_id);
  const payload = { ...value, message_template_language: language, message_template_id: id };
  const severity = BAD_FOR_TEMPLATE.has(code) ? "warning" : "info";
  return notice(place, payload, { topic: "template", severity, code, text: textOf(value.reason) ?? code });
}

/** One item of `user_preferences[]`: whether a customer takes marketing messages. */
export function parsePreference(item: unknown, place: ChangePlace, contacts: unknown): InboundEvent {
  const given = objectOf(item);
  const { addresses } = personOf(
    { waId: given.wa_id, userId: given.user_id, parentUserId: given.parent_user_id },
    contacts,
  );
  if (addresses.length === 0) return ignored(place.account, "no_sender", "preference");
  return notice(
    place,
    { ...given, addresses },
    {
      topic: "preference",
      severity: "info",
      code: textOf(given.value) ?? "unknown",
      text: textOf(given.detail) ?? "",
      at: timeOf(given.timestamp),
    },
  );
}

/** One item of `user_id_update[]`: the ids by which a customer was known are replaced. */
export function parseUserIdUpdate(item: unknown, place: ChangePlace): InboundEvent {
  const given = objectOf(item);
  const [userId, parent] = [objectOf(given.user_id), objectOf(given.parent_user_id)];
  const from = addressesOf({ waId: given.wa_id, userId: userId.previous, parentUserId: parent.previous });
  const to = addressesOf({ waId: given.wa_id, userId: userId.current, parentUserId: parent.current });
  const key = noticeKey(place, given);
  if (from.length === 0 || to.length === 0) return ignored(place.account, "no_sender", key);
  return { type: "identity_change", account: place.account, key, from, to, at: timeOf(given.timestamp) };
}
