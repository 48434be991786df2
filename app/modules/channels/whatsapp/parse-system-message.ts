import type { Address } from "../address";
import type { AccountKey, InboundEvent, JsonObject } from "../inbound-event";
import { isObject, objectOf, textOf, timeOf } from "../meta/loose-json";
import { addressesOf } from "./people";

const changed = (before: Address[], after: Address[]) => {
  const known = new Set(before.map((a) => `${a.kind} ${a.key}`));
  return after.some((a) => !known.has(`${a.kind} ${a.key}`));
};

/**
 * The old id stands only in the sentence "User NAME changed from A to B", and NAME is the user's own choice. Read from
 * the end, where no name can reach, and only when B is what the structured field says.
 */
function previousInSentence(body: string | undefined, current: unknown): string | undefined {
  const match = /changed from (\S{1,200}) to (\S{1,200})$/.exec(body?.trim() ?? "");
  return match?.[2] === current ? match?.[1] : undefined;
}

/** A system message: somebody's number or id changed, or the security code did. Opens no window, is no chat message. */
export function parseSystemMessage(message: JsonObject, account: AccountKey, key: string): InboundEvent {
  const system = objectOf(message.system);
  const at = timeOf(message.timestamp);
  const current = system.wa_id ?? system.new_wa_id;
  const after = addressesOf({ waId: current, userId: system.user_id, parentUserId: system.parent_user_id });
  const own = addressesOf({
    waId: message.from,
    userId: message.from_user_id,
    parentUserId: message.from_parent_user_id,
  });
  const isUserId = system.type === "user_changed_user_id";
  const previous = isUserId ? previousInSentence(textOf(system.body), system.user_id) : undefined;
  const before = own.length > 0 ? own : addressesOf({ userId: previous });
  const moves = system.type === "user_changed_number" || isUserId;
  if (moves && after.length > 0 && changed(before, after)) {
    return { type: "identity_change", account, key, from: before, to: after, at };
  }
  const payload = {
    type: system.type,
    addresses: own,
    ...(isObject(message.identity) ? { identity: message.identity } : {}),
  };
  const code = textOf(system.type);
  const text = textOf(system.body) ?? "";
  return {
    type: "notice",
    account,
    key,
    topic: "identity",
    severity: "info",
    ...(code ? { code } : {}),
    text,
    at,
    payload,
  };
}
