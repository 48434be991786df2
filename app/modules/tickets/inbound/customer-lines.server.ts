import { createHash } from "node:crypto";
import { type Address, IDENTIFYING, type InboundEvent } from "~/modules/channels";

/** A body of Meta's tells a thousand things at most, each of somebody with a few addresses. */
const MOST = 4_000;

/** Of whom an event tells something whose order counts. Delivery marks only ever move up, and the rest is only counted. */
function addressesOf(event: InboundEvent): Address[] {
  switch (event.type) {
    case "message":
      return event.sender.addresses;
    case "echo":
      return event.recipient.addresses;
    case "identity_change":
      return [...event.from, ...event.to];
    default:
      return [];
  }
}

/** A digest, since an id of a body may have any length and hold anything. */
const digest = (parts: readonly string[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);

/**
 * The names of the lines that an event stands in: one for each address of its customer, so that two events of one
 * customer share one. They are within the account, and within the secret that signed: what a stranger sends in another's
 * name stands before nobody.
 */
function linesOfEvent(event: InboundEvent, verifiedBy: readonly string[]): string[] {
  const { kind, id } = event.account;
  const known = addressesOf(event).filter((address) => IDENTIFYING[address.kind]);
  return verifiedBy.flatMap((secret) => known.map((address) => digest([secret, kind, id, address.kind, address.key])));
}

/** The lines of a whole body. */
export function linesOf(events: readonly InboundEvent[], verifiedBy: readonly string[]): string[] {
  return [...new Set(events.flatMap((event) => linesOfEvent(event, verifiedBy)))].slice(0, MOST);
}

/** Those of a body's events that stand in one of these lines. */
export function eventsInLines(
  events: readonly InboundEvent[],
  verifiedBy: readonly string[],
  lines: readonly string[],
): InboundEvent[] {
  const asked = new Set(lines);
  return events.filter((event) => linesOfEvent(event, verifiedBy).some((line) => asked.has(line)));
}
