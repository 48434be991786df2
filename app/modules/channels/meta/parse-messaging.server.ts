import type { Address, AddressKind } from "../address";
import type { AccountKey, InboundBatch, JsonObject } from "../inbound-event";
import { eventBatches, ignored } from "./event-batches";
import { cleanJson, idOf, listOf, objectOf, textOf, timeOf } from "./loose-json";
import { parsePageEvent } from "./parse-page-event.server";

/** The kinds of id that a platform uses: whose account, and which person. */
export type MessagingKinds = { account: "page_id" | "ig_id"; person: Extract<AddressKind, "psid" | "igsid"> };

/**
 * Who is the business and who the person. The entry's id decides; when the event names neither side by it, a message was
 * written to its recipient and an echo by its sender. A `user_ref` is not yet a person.
 */
function sides(item: JsonObject, entryId: string | undefined, kinds: MessagingKinds) {
  const sender = idOf(objectOf(item.sender).id);
  const recipient = idOf(objectOf(item.recipient).id);
  const isEcho = objectOf(item.message).is_echo === true;
  const business = entryId && (sender === entryId || recipient === entryId) ? entryId : isEcho ? sender : recipient;
  const account: AccountKey = { kind: kinds.account, id: business ?? entryId ?? "" };
  const id = business !== undefined && business === sender ? recipient : sender;
  const person: Address[] = id && id !== account.id ? [{ kind: kinds.person, key: id, raw: id }] : [];
  return { account, person };
}

/**
 * Reads the body of a webhook of pages (`object: page`) or Instagram accounts (`object: instagram`), every entry and
 * event for itself. Never throws. (Messenger Platform and Instagram Platform, "webhooks")
 */
export function parseMessaging(payload: unknown, kinds: MessagingKinds): InboundBatch[] {
  const batches = eventBatches();
  for (const entry of listOf(objectOf(cleanJson(payload)).entry).map(objectOf)) {
    const entryId = idOf(entry.id);
    const own: AccountKey = { kind: kinds.account, id: entryId ?? "" };
    for (const item of listOf(entry.messaging).map(objectOf)) {
      const { account, person } = sides(item, entryId, kinds);
      const at = timeOf(item.timestamp);
      batches.read(account, () =>
        account.id === "" ? ignored(account, "no_account", "event") : parsePageEvent({ item, account, person, at }),
      );
    }
    for (const _ of listOf(entry.standby)) batches.read(own, () => ignored(own, "standby", "event"));
    for (const change of listOf(entry.changes).map(objectOf)) {
      const field = textOf(change.field) ?? "";
      batches.read(own, () => ignored(own, "unknown_field", field, field));
    }
  }
  return batches.all();
}
