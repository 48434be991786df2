import { z } from "zod";
import type { ChannelDriver, ProviderDriver } from "./driver";
import { instagramDriver } from "./instagram/driver.server";
import type { ChannelKind } from "./kinds";
import { messengerDriver } from "./messenger/driver.server";
import { whatsAppDriver } from "./whatsapp/driver.server";

const nothing = z.strictObject({});

/** Who carries the messages of each kind of channel. */
export const DRIVERS: Record<ChannelKind, ChannelDriver> = {
  internal: { kind: "internal", delivery: "hub", settings: nothing },
  web: { kind: "web", delivery: "hub", settings: nothing },
  whatsapp: whatsAppDriver,
  messenger: messengerDriver,
  instagram: instagramDriver,
};

/** The driver that reads webhooks with this `object`; null for an object that nobody knows, which is ignored. */
export function driverOfObject(object: unknown): ProviderDriver | null {
  const found = Object.values(DRIVERS).find((driver) => driver.delivery === "provider" && driver.object === object);
  return found?.delivery === "provider" ? found : null;
}
