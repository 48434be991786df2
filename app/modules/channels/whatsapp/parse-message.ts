import type { AccountKey, EditEvent, InboundEvent, JsonObject, ReactionEvent, RevokeEvent } from "../inbound-event";
import { ignored } from "../meta/event-batches";
import { idOf, isObject, objectOf, textOf, timeOf } from "../meta/loose-json";
import { parseContent } from "./parse-content";
import { parseSystemMessage } from "./parse-system-message";
import { personOf } from "./people";

type Ids = { account: AccountKey; key: string; externalId: string };
type Writer = "customer" | "business";

const keyOf = (externalId: string) => `message:${externalId}`;

/** The quoted message; a forwarded one quotes nothing, and some fixtures quote themselves. */
function quoted(message: JsonObject, externalId: string) {
  const id = idOf(objectOf(message.context).id);
  return id && id !== externalId ? { replyToExternalId: id } : {};
}

function edit(message: JsonObject, { account, key }: Ids, by: Writer): InboundEvent {
  const change = objectOf(message.edit);
  const targetExternalId = idOf(change.original_message_id);
  if (!targetExternalId) return ignored(account, "no_target", key);
  const at = timeOf(message.timestamp);
  return {
    type: "edit",
    account,
    key,
    targetExternalId,
    by,
    at,
    content: parseContent(objectOf(change.message)),
  } satisfies EditEvent;
}

function revoke(message: JsonObject, { account, key }: Ids, by: Writer): InboundEvent {
  const targetExternalId = idOf(objectOf(message.revoke).original_message_id);
  if (!targetExternalId) return ignored(account, "no_target", key);
  return { type: "revoke", account, key, targetExternalId, by, at: timeOf(message.timestamp) } satisfies RevokeEvent;
}

function reaction(message: JsonObject, { account, key }: Ids, contacts: unknown): InboundEvent {
  const given = objectOf(message.reaction);
  const targetExternalId = idOf(given.message_id);
  if (!targetExternalId) return ignored(account, "no_target", key);
  const sender = senderOf(message, contacts);
  if (sender.addresses.length === 0) return ignored(account, "no_sender", key);
  const emoji = textOf(given.emoji) ?? null;
  return {
    type: "reaction",
    account,
    key,
    targetExternalId,
    emoji,
    at: timeOf(message.timestamp),
    sender,
  } satisfies ReactionEvent;
}

const senderOf = (message: JsonObject, contacts: unknown) =>
  personOf({ waId: message.from, userId: message.from_user_id, parentUserId: message.from_parent_user_id }, contacts);

/**
 * One item of `messages[]`: a message, or what somebody did to an earlier one. Without a sender it is left out, since
 * nobody could be answered; a group's message never enters a conversation of two.
 */
export function parseMessage(item: unknown, account: AccountKey, contacts: unknown): InboundEvent {
  const message = objectOf(item);
  const externalId = idOf(message.id);
  if (!externalId) return ignored(account, "no_id", "message");
  const ids: Ids = { account, key: keyOf(externalId), externalId };
  if (idOf(message.group_id)) return ignored(account, "group", ids.key);
  if (message.type === "edit") return edit(message, ids, "customer");
  if (message.type === "revoke") return revoke(message, ids, "customer");
  if (message.type === "reaction") return reaction(message, ids, contacts);
  if (message.type === "system") return parseSystemMessage(message, account, ids.key);
  const sender = senderOf(message, contacts);
  if (sender.addresses.length === 0) return ignored(account, "no_sender", ids.key);
  return {
    type: "message",
    ...ids,
    sentAt: timeOf(message.timestamp),
    sender,
    content: parseContent(message),
    ...quoted(message, externalId),
    ...(isObject(message.referral) ? { referral: objectOf(message.referral) } : {}),
  };
}

/** One item of `message_echoes[]`: what the business wrote on its own phone. */
export function parseEcho(item: unknown, account: AccountKey, contacts: unknown): InboundEvent {
  const message = objectOf(item);
  const externalId = idOf(message.id);
  if (!externalId) return ignored(account, "no_id", "echo");
  const ids: Ids = { account, key: keyOf(externalId), externalId };
  if (idOf(message.group_id)) return ignored(account, "group", ids.key);
  if (message.type === "edit") return edit(message, ids, "business");
  if (message.type === "revoke") return revoke(message, ids, "business");
  if (message.type === "reaction") return ignored(account, "unknown_event", ids.key, "reaction of the business");
  const names = { waId: message.to, userId: message.to_user_id, parentUserId: message.to_parent_user_id };
  const recipient = personOf(names, contacts);
  if (recipient.addresses.length === 0) return ignored(account, "no_sender", ids.key);
  return {
    type: "echo",
    ...ids,
    sentAt: timeOf(message.timestamp),
    recipient,
    content: parseContent(message),
    ...quoted(message, externalId),
  };
}
