import type { ChannelKind } from "~/modules/channels";
import type { Json } from "../wording/json";

/** What holds around a simulated conversation; plain JSON, so that a scenario can keep it. */
export type Situation = {
  channel: ChannelKind;
  /** When it begins, RFC 3339. */
  startsAt: string;
  /** From 0 up to 1: the same number draws the same lots. */
  chance: number;
  /** The chat link's parameter. */
  ref: string | null;
  inHours: boolean;
  anyoneAvailable: boolean;
  /** Whether the customer was here before. */
  returning: boolean;
  contact: { [name: string]: Json };
  org: { [name: string]: Json };
  /** The organisation's IANA zone and country. */
  timeZone: string;
  region: string;
  /** What the server answers for a node, in turn; the last one again and again. A node without any is asked by hand. */
  stubs: { [node: string]: Json[] };
};

export type Facts = Pick<Situation, "inHours" | "anyoneAvailable" | "returning">;

/** A customer who is there for the first time, in working hours. */
export const newSituation = (channel: ChannelKind, startsAt: string): Situation => ({
  ...{ channel, startsAt, chance: 0.5, ref: null },
  ...{ inHours: true, anyoneAvailable: true, returning: false },
  ...{ contact: {}, org: {}, timeZone: "America/Asuncion", region: "PY", stubs: {} },
});
