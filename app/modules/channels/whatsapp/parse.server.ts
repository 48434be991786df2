import type { AccountKey, InboundBatch, InboundEvent, JsonObject } from "../inbound-event";
import { eventBatches, ignored } from "../meta/event-batches";
import { cleanJson, idOf, listOf, objectOf, textOf } from "../meta/loose-json";
import { parseEcho, parseMessage } from "./parse-message";
import {
  type ChangePlace,
  parseAccountError,
  parseAccountUpdate,
  parsePreference,
  parseQualityUpdate,
  parseTemplateStatus,
  parseUserIdUpdate,
} from "./parse-notice.server";
import { parseStatus } from "./parse-status";

/** One reader for each item, so that a broken item takes nothing with it. */
type Readers = (() => InboundEvent)[];
type FieldReader = (value: JsonObject, place: ChangePlace) => Readers;

const messages: FieldReader = (value, place) => [
  ...listOf(value.messages).map((item) => () => parseMessage(item, place.account, value.contacts)),
  ...listOf(value.statuses).map((item) => () => parseStatus(item, place.account, value.contacts)),
  ...listOf(value.errors).map((item) => () => parseAccountError(item, place)),
];

const echoes: FieldReader = (value, place) =>
  listOf(value.message_echoes).map((item) => () => parseEcho(item, place.account, value.contacts));

const preferences: FieldReader = (value, place) =>
  listOf(value.user_preferences).map((item) => () => parsePreference(item, place, value.contacts));

const userIds: FieldReader = (value, place) =>
  listOf(value.user_id_update).map((item) => () => parseUserIdUpdate(item, place));

const one =
  (read: (value: JsonObject, place: ChangePlace) => InboundEvent): FieldReader =>
  (value, place) => [() => read(value, place)];

const history: FieldReader = (_, place) => [() => ignored(place.account, "history", place.field)];

const FIELDS = new Map<string, FieldReader>([
  ["messages", messages],
  ["smb_message_echoes", echoes],
  ["user_preferences", preferences],
  ["user_id_update", userIds],
  ["account_update", one(parseAccountUpdate)],
  ["phone_number_quality_update", one(parseQualityUpdate)],
  ["message_template_status_update", one(parseTemplateStatus)],
  ["history", history],
  ["smb_app_state_sync", history],
]);

/** Fields that speak of one phone number; without its id nobody can be found. */
const OF_A_NUMBER = new Set(["messages", "smb_message_echoes"]);

function accountOf(entry: JsonObject, value: JsonObject): AccountKey {
  const number = idOf(objectOf(value.metadata).phone_number_id);
  if (number) return { kind: "phone_number_id", id: number };
  return { kind: "waba_id", id: idOf(entry.id) ?? "" };
}

function readersOf(change: JsonObject, place: ChangePlace): Readers {
  const read = FIELDS.get(place.field);
  if (!read) return [() => ignored(place.account, "unknown_field", place.field, place.field)];
  const lost = place.account.id === "" || (OF_A_NUMBER.has(place.field) && place.account.kind !== "phone_number_id");
  if (lost) return [() => ignored(place.account, "no_account", place.field)];
  return read(objectOf(change.value), place);
}

/**
 * Reads the body of a WhatsApp webhook (`object: whatsapp_business_account`): every entry, change, message, status and
 * error, each for itself. Never throws; what is of no use is an `ignored` event with the reason.
 */
export function parseWhatsApp(payload: unknown): InboundBatch[] {
  const batches = eventBatches();
  for (const entry of listOf(objectOf(cleanJson(payload)).entry).map(objectOf)) {
    for (const change of listOf(entry.changes).map(objectOf)) {
      const account = accountOf(entry, objectOf(change.value));
      const place = { account, entryTime: entry.time, field: textOf(change.field) ?? "" };
      for (const read of readersOf(change, place)) batches.read(account, read);
    }
  }
  return batches.all();
}
