import type { InboundEvent } from "~/modules/channels";
import { driverOfObject } from "~/modules/channels/index.server";
import { log } from "~/platform/log.server";

/** What a webhook's body says, in its order; nothing when it is of no use. */
export function readEvents(object: string, body: Buffer): InboundEvent[] {
  const driver = driverOfObject(object);
  if (!driver) return [];
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString("utf8"));
  } catch (error) {
    log.warn({ err: error, object }, "a signed webhook holds no JSON");
    return [];
  }
  return driver.parse(payload).flatMap((batch) => batch.events);
}
