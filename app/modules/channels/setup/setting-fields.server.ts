import { z } from "zod";
import { DRIVERS } from "../drivers.server";
import type { ChannelKind } from "../kinds";

/** A field of the form by which a channel's account is given. */
export type SettingField = { name: string; required: boolean; secret: boolean };

/** What a kind of channel must be told of its account, as its driver's schema says; what is secret is never shown again. */
export function settingFields(kind: ChannelKind): SettingField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(DRIVERS[kind].settings, {
    io: "input",
    unrepresentable: "any",
  });
  return Object.keys(properties).map((name) => ({
    name,
    required: required.includes(name),
    secret: /token|secret/.test(name),
  }));
}
