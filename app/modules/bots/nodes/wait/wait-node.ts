import { z } from "zod";
import { addDays, dayOf, instantOf } from "~/modules/accounts";
import { readDate } from "../../answers/read-date";
import type { Outcome } from "../define-node";
import { defineNode, type NodeContext } from "../define-node";
import { areaReference } from "../fields";

/** As long as a bot may remember somebody. */
const LONGEST_SECONDS = 60 * 24 * 3600;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 09:30");

const settings = z.strictObject({
  until: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("duration"),
      seconds: z.number().int().min(1).max(LONGEST_SECONDS).meta({ "x-control": "duration" }),
    }),
    z
      .strictObject({ kind: z.literal("time"), time: timeOfDay })
      .meta({ description: "The next time it is this late." }),
    z.strictObject({
      kind: z.literal("date"),
      date: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .meta({ description: "2026-12-24, or a variable that holds a day: {{flow.date}}.", "x-control": "text" }),
      time: timeOfDay.default("09:00"),
    }),
  ]),
  onlyInHours: z.boolean().default(false).meta({ description: "Goes on only while it is open." }),
  area: areaReference.nullable().default(null).meta({ description: "Whose hours; null: the organisation's." }),
});

type WaitSettings = z.output<typeof settings>;

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** When the waiting ends, in ms; a day that cannot be read, or has gone by, is now. */
function endOf({ until }: WaitSettings, ctx: NodeContext): number {
  const { timeZone = "UTC", now: at } = ctx.env;
  const now = Date.parse(at);
  if (until.kind === "duration") return now + until.seconds * 1000;
  if (until.kind === "time") {
    const today = dayOf(now, timeZone);
    const end = instantOf(today, minutesOf(until.time), timeZone);
    return end > now ? end : instantOf(addDays(today, 1), minutesOf(until.time), timeZone);
  }
  const day = readDate(ctx.fill(until.date), at, timeZone);
  return day === null ? now : instantOf(day, minutesOf(until.time), timeZone);
}

/** At least a second, so that a loop through here always waits. */
function waitUntil(end: number, ctx: NodeContext): Outcome {
  const seconds = Math.ceil((end - Date.parse(ctx.env.now)) / 1000);
  const limited = Math.min(Math.max(seconds, 1), LONGEST_SECONDS);
  return { detail: { seconds: limited }, next: { do: "wait", for: "time", seconds: limited, kept: null } };
}

/** Lets time pass; what the customer writes meanwhile is heard only as a command. */
export const waitNode = defineNode(settings, {
  family: "do",
  initial: () => ({ until: { kind: "duration", seconds: 300 } }),
  waits: true,
  exits: () => [{ id: "next", fallback: false }],
  enter: (node, ctx) => waitUntil(endOf(node, ctx), ctx),
  receive(node, input, ctx) {
    if (input.type !== "timer") return { next: { do: "ignore" } };
    const hours = node.onlyInHours ? ctx.env.desk?.hours[node.area ?? ""] : undefined;
    // Who never opens again does not keep a customer waiting for ever.
    if (hours && !hours.open && hours.opensAt !== null) return waitUntil(Date.parse(hours.opensAt), ctx);
    return { next: { do: "leave", exit: "next" } };
  },
  asks: (node) => (node.onlyInHours ? [{ what: "hours", area: node.area }] : []),
  mapReferences: (node, replace) => ({
    ...node,
    area: node.area === null ? null : replace({ kind: "area", value: node.area }),
  }),
  texts: ({ until }) => (until.kind === "date" ? [until.date] : []),
});
