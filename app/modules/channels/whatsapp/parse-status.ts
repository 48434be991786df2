import type { AccountKey, DeliveryError, DeliveryStatus, InboundEvent, JsonObject } from "../inbound-event";
import { ignored } from "../meta/event-batches";
import { idOf, isObject, listOf, objectOf, textOf, timeOf } from "../meta/loose-json";
import { personOf } from "./people";

/** A voice note that was played was read; what is not here changes nothing. */
const STATUSES = new Map<unknown, DeliveryStatus>([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "read"],
  ["failed", "failed"],
]);

/** The first of a list of errors, as WhatsApp writes them in statuses and in `value.errors`. */
export function firstError(errors: unknown): DeliveryError | undefined {
  const error = listOf(errors).filter(isObject).map(objectOf)[0];
  if (!error) return undefined;
  const details = textOf(objectOf(error.error_data).details) ?? textOf(error.details);
  const title = textOf(error.title) ?? textOf(error.message) ?? details ?? "";
  return { code: idOf(error.code) ?? "unknown", title, ...(details ? { details } : {}) };
}

function recipientOf(status: JsonObject, contacts: unknown) {
  const parentUserId = status.recipient_parent_user_id ?? status.parent_recipient_user_id;
  return personOf({ waId: status.recipient_id, userId: status.recipient_user_id, parentUserId }, contacts).addresses;
}

/** One item of `statuses[]`. Statuses of groups tell of one member and must not mark a message between two. */
export function parseStatus(item: unknown, account: AccountKey, contacts: unknown): InboundEvent {
  const given = objectOf(item);
  const externalId = idOf(given.id);
  if (!externalId) return ignored(account, "no_id", "status");
  const word = textOf(given.status);
  const key = `status:${externalId}:${word ?? ""}`;
  if (given.recipient_type === "group") return ignored(account, "group", key);
  const status = STATUSES.get(word);
  if (!status) return ignored(account, "unknown_status", key, word);
  const error = status === "failed" ? firstError(given.errors) : undefined;
  const correlation = textOf(given.biz_opaque_callback_data);
  return {
    type: "status",
    account,
    key: `status:${externalId}:${status}`,
    externalId,
    status,
    at: timeOf(given.timestamp),
    recipient: recipientOf(given, contacts),
    ...(error ? { error } : {}),
    ...(correlation ? { correlation } : {}),
    ...(isObject(given.pricing) ? { pricing: objectOf(given.pricing) } : {}),
  };
}
