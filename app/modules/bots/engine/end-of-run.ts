import { fillText } from "../wording/variables";
import { seemsBot } from "./loop-guard";
import type { CloseEffect, CloseReason, HandoffEffect, HandoffReason } from "./run";
import { change, note, stopWaiting, variablesOf, type Walk } from "./walk";

type To = Pick<HandoffEffect, "area" | "assignee" | "priority" | "message" | "messageClosed" | "messageAway"> & {
  note: string | null;
};

const NOBODY_NAMED = { assignee: null, priority: null, messageClosed: null, messageAway: null, note: null };

/** The flow's own words on giving a ticket to people. A loop is cut without a word: it may be a bot that listens. */
export function safeTo(walk: Walk, reason: HandoffReason): To {
  const { handoff } = walk.flow.settings;
  const words = fillText(handoff.message ?? "", variablesOf(walk)).trim() || walk.index.texts.handoff;
  return { ...NOBODY_NAMED, area: handoff.area, message: reason === "loop" ? null : words };
}

/** Gives the ticket to people and ends the run: nothing of the bot comes after this. */
export function handOver(walk: Walk, node: string | null, reason: HandoffReason, to = safeTo(walk, reason)): void {
  stopWaiting(walk);
  const { note: staffNote, ...rest } = to;
  const summary = { note: staffNote, answers: walk.state.answers };
  walk.effects.push({ type: "handoff", reason, node, ...rest, summary });
  note(walk, "ended", node, { by: "handoff", reason });
  change(walk, { resume: null, done: { by: "handoff", reason } });
}

/** Closes the ticket and ends the run; where it seems to have been a bot that wrote, people are to know of it. */
export function closeRun(
  walk: Walk,
  node: string | null,
  reason: CloseReason,
  how: Pick<CloseEffect, "message" | "label" | "tags" | "askRating">,
): void {
  if (reason !== "command" && seemsBot(walk.state.guard)) {
    handOver(walk, node, "loop");
    return;
  }
  stopWaiting(walk);
  walk.effects.push({ type: "close", reason, node, ...how });
  note(walk, "ended", node, { by: "close", reason });
  change(walk, { resume: null, done: { by: "close", reason } });
}

/** What happens where an exit leads nowhere. A run never just stops. */
export function safeWay(walk: Walk, node: string, reason: HandoffReason): void {
  if (reason === "no_answer" && walk.flow.settings.onSilence === "close") {
    closeRun(walk, node, "no_answer", { message: null, label: null, tags: [], askRating: false });
  } else handOver(walk, node, reason);
}
