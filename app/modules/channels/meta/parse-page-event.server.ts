import { createHash } from "node:crypto";
import type { Address } from "../address";
import type { AccountKey, InboundEvent, JsonObject, NoticeEvent } from "../inbound-event";
import { ignored } from "./event-batches";
import { idOf, isObject, listOf, objectOf, textOf, timeOf } from "./loose-json";
import { parsePageContent } from "./parse-page-content";

/** One item of `messaging[]`, with who is who already found. */
export type PageEvent = { item: JsonObject; account: AccountKey; person: Address[]; at: Date | null };

const short = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
const referralOf = (value: unknown) => (isObject(value) ? { referral: objectOf(value) } : {});

function message({ item, account, person, at }: PageEvent): InboundEvent {
  const given = objectOf(item.message);
  const externalId = idOf(given.mid);
  if (!externalId) return ignored(account, "no_id", "message");
  const key = `message:${externalId}`;
  const isEcho = given.is_echo === true;
  if (given.is_deleted === true) {
    const by = isEcho ? "business" : "customer";
    return { type: "revoke", account, key: `revoke:${externalId}`, targetExternalId: externalId, by, at };
  }
  if (person.length === 0) return ignored(account, "no_sender", key);
  const quoted = idOf(objectOf(given.reply_to).mid);
  const said = {
    account,
    key,
    externalId,
    sentAt: at,
    content: parsePageContent(given),
    ...(quoted && quoted !== externalId ? { replyToExternalId: quoted } : {}),
  };
  if (!isEcho) return { type: "message", ...said, sender: { addresses: person }, ...referralOf(given.referral) };
  const [appId, correlation] = [idOf(given.app_id), textOf(given.metadata)];
  const origin = { ...(appId ? { appId } : {}), ...(correlation ? { correlation } : {}) };
  return { type: "echo", ...said, recipient: { addresses: person }, ...origin };
}

function edit({ item, account, at }: PageEvent): InboundEvent {
  const given = objectOf(item.message_edit);
  const targetExternalId = idOf(given.mid);
  if (!targetExternalId) return ignored(account, "no_target", "edit");
  const key = `edit:${targetExternalId}:${idOf(given.num_edit) ?? short(given)}`;
  return { type: "edit", account, key, targetExternalId, by: "customer", at, content: parsePageContent(given) };
}

const EMOJI = new Map([
  ["smile", "😊"],
  ["laugh", "😆"],
  ["angry", "😠"],
  ["sad", "😢"],
  ["wow", "😮"],
  ["love", "❤️"],
  ["like", "👍"],
  ["dislike", "👎"],
]);

function reaction({ item, account, person, at }: PageEvent): InboundEvent {
  const given = objectOf(item.reaction);
  const targetExternalId = idOf(given.mid);
  if (!targetExternalId) return ignored(account, "no_target", "reaction");
  if (person.length === 0) return ignored(account, "no_sender", "reaction");
  const named = EMOJI.get(textOf(given.reaction) ?? "") ?? "👍";
  const emoji = given.action === "unreact" ? null : (textOf(given.emoji) ?? named);
  const key = `reaction:${targetExternalId}:${short([person[0]?.key, item.timestamp, emoji])}`;
  return { type: "reaction", account, key, targetExternalId, emoji, at, sender: { addresses: person } };
}

/** A tapped button, ice breaker or "Get started". Older ones have no id: then who, when and what name it. */
function postback({ item, account, person, at }: PageEvent): InboundEvent {
  const given = objectOf(item.postback);
  if (person.length === 0) return ignored(account, "no_sender", "postback");
  const [title, id] = [textOf(given.title) ?? "", textOf(given.payload)];
  const externalId = idOf(given.mid) ?? `postback:${short([person[0]?.key, item.timestamp, id ?? title])}`;
  const choice = id ? { choice: { id, title } } : {};
  const content = {
    kind: "interactive" as const,
    text: title,
    payload: { type: "postback" },
    attachments: [],
    ...choice,
  };
  const sender = { addresses: person };
  const key = `message:${externalId}`;
  return { type: "message", account, key, externalId, sentAt: at, sender, content, ...referralOf(given.referral) };
}

function referral({ item, account, person, at }: PageEvent): InboundEvent {
  const given = objectOf(item.referral);
  if (person.length === 0) return ignored(account, "no_sender", "referral");
  const key = `referral:${short([person[0]?.key, item.timestamp, given])}`;
  return { type: "referral", account, key, sender: { addresses: person }, at, referral: given };
}

/** Deliveries and reads go by watermark in Messenger; Instagram names the last message that was read. */
const mark =
  (field: "delivery" | "read", status: "delivered" | "read") =>
  ({ item, account, person }: PageEvent): InboundEvent => {
    const given = objectOf(item[field]);
    const upTo = timeOf(given.watermark);
    const externalIds = listOf(given.mids)
      .map(idOf)
      .filter((id) => id !== undefined);
    const upToExternalId = idOf(given.mid);
    const key = `${field}:${short([person[0]?.key, given])}`;
    if (!upTo && !upToExternalId && externalIds.length === 0) return ignored(account, "no_target", key);
    const last = upToExternalId ? { upToExternalId } : {};
    return { type: "watermark", account, key, status, upTo, externalIds, recipient: person, ...last };
  };

type Words = Pick<NoticeEvent, "topic" | "severity"> & { code?: string; text?: string; channel?: "policy" };

const notice =
  (field: string, describe: (given: JsonObject) => Words) =>
  ({ item, account, person, at }: PageEvent): InboundEvent => {
    const given = objectOf(item[field]);
    const key = `notice:${field}:${short([person[0]?.key, item.timestamp, given])}`;
    const payload = { ...given, addresses: person };
    return { type: "notice", account, key, text: field, at, payload, ...describe(given) };
  };

const policy = (given: JsonObject): Words => {
  const code = textOf(given.action) ?? "unknown";
  const severity = code === "block" ? "error" : code === "warning" ? "warning" : "info";
  const text = textOf(given.reason) ?? code;
  return { topic: "account", severity, code, text, ...(code === "block" ? { channel: "policy" as const } : {}) };
};
const handover = (): Words => ({ topic: "handover", severity: "info" });

/** What each key of a `messaging[]` item means; the first that is there counts. */
const READERS: [field: string, read: (event: PageEvent) => InboundEvent][] = [
  ["message", message],
  ["message_edit", edit],
  ["reaction", reaction],
  ["postback", postback],
  ["delivery", mark("delivery", "delivered")],
  ["read", mark("read", "read")],
  ["optin", notice("optin", (given) => ({ topic: "optin", severity: "info", code: textOf(given.type) ?? "optin" }))],
  ["referral", referral],
  ["policy_enforcement", notice("policy_enforcement", policy)],
  ["policy-enforcement", notice("policy-enforcement", policy)],
  ["pass_thread_control", notice("pass_thread_control", handover)],
  ["take_thread_control", notice("take_thread_control", handover)],
  ["request_thread_control", notice("request_thread_control", handover)],
];

/** Reads one item of `messaging[]` by the key that it bears. */
export function parsePageEvent(event: PageEvent): InboundEvent {
  const found = READERS.find(([field]) => isObject(event.item[field]));
  if (!found)
    return ignored(event.account, "unknown_event", short(event.item), Object.keys(event.item).join(" ").slice(0, 100));
  return found[1](event);
}
