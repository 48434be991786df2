import { z } from "zod";
import { CHANNEL_KINDS, type ChannelKind } from "~/modules/channels";
import { normaliseAnswer } from "../../answers/normalise-answer";
import { defineNode } from "../define-node";

const settings = z.strictObject({
  channels: z.array(z.enum(CHANNEL_KINDS)).max(20).default([]).meta({ description: "Empty: all." }),
  trigger: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("any") }).meta({ description: "Any first message." }),
      z.strictObject({
        kind: z.literal("keywords"),
        words: z.array(z.string().trim().min(1).max(100)).min(1).max(50),
        match: z.enum(["exact", "contains"]).default("exact"),
      }),
      z.strictObject({ kind: z.literal("link"), ref: z.string().min(1).max(200) }).meta({
        description: "The chat link's ?ref=.",
      }),
    ])
    .default({ kind: "any" }),
  hours: z
    .enum(["any", "in", "out"])
    .default("any")
    .meta({ description: "Only in or out of the organisation's hours." }),
});

export type StartSettings = z.output<typeof settings>;

/** The moment of a first message. `ref` is the entry link's parameter. */
export type Opening = { channel: ChannelKind; text: string; ref: string | null; inHours: boolean };

function triggered(trigger: StartSettings["trigger"], opening: Opening): boolean {
  if (trigger.kind === "any") return true;
  if (trigger.kind === "link") return opening.ref === trigger.ref;
  const said = normaliseAnswer(opening.text);
  const words = trigger.words.map(normaliseAnswer).filter(Boolean);
  // Whole words only: "sol" is not in "solicitud".
  return words.some((word) => said === word || (trigger.match === "contains" && ` ${said} `.includes(` ${word} `)));
}

/** Whether a flow with this start answers a first message. */
export function startMatches(start: StartSettings, opening: Opening): boolean {
  if (start.channels.length > 0 && !start.channels.includes(opening.channel)) return false;
  if (start.hours !== "any" && (start.hours === "in") !== opening.inHours) return false;
  return triggered(start.trigger, opening);
}

/** Where a flow begins, and for whom. */
export const startNode = defineNode(settings, {
  family: "start",
  initial: () => ({}),
  waits: false,
  exits: () => [{ id: "next", fallback: false }],
  enter: () => ({ next: { do: "leave", exit: "next" } }),
});
