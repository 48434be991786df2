import type { Next, Outcome } from "../nodes/define-node";
import { type Json, own } from "../wording/json";
import { closeRun, handOver, safeWay } from "./end-of-run";
import { MOST_STEPS, progress, speak, work } from "./loop-guard";
import type { Waiting } from "./run";
import { change, enterNode, note, stopWaiting, variablesOf, type Walk } from "./walk";

function serial(walk: Walk, node: string): string {
  change(walk, { serial: walk.state.serial + 1 });
  return `${node}:${walk.state.serial}`;
}

/** Says what a node says; false when the loop guard has cut the run. */
function say(walk: Walk, node: string, said: NonNullable<Outcome["say"]>): boolean {
  for (const { content, delaySeconds = 0 } of said) {
    const guard = speak(walk.state.guard, content);
    if (!guard) {
      handOver(walk, node, "loop");
      return false;
    }
    change(walk, { guard });
    note(walk, "items" in content && content.items.length > 0 ? "asked" : "said", node);
    const key = `${walk.event}:${walk.effects.length}`;
    walk.effects.push({ type: "send", key, node, content, delaySeconds });
  }
  return true;
}

/** What an update changes is true at once for the nodes that follow; the next event finds it in the environment. */
function updated(walk: Walk, { contact, contactTags, tags, priority }: NonNullable<Outcome["update"]>): void {
  const { contact: known, ticket } = variablesOf(walk);
  const retagged = (before: Json | undefined, { add, remove }: { add: string[]; remove: string[] }) => [
    ...new Set([...(Array.isArray(before) ? before : []).filter((tag) => !remove.includes(String(tag))), ...add]),
  ];
  walk.news = {
    contact: { ...walk.news.contact, ...contact, tags: retagged(known.tags, contactTags) },
    ticket: { ...walk.news.ticket, tags: retagged(ticket.tags, tags), ...(priority && { priority }) },
  };
}

const MOST_ANSWERS = 50;

/** Everything of an outcome but where it goes on. */
function record(walk: Walk, node: string, outcome: Outcome): boolean {
  const { state } = walk;
  if (outcome.set) change(walk, { variables: { ...state.variables, ...outcome.set } });
  if (outcome.answered)
    change(walk, { answers: [...state.answers, { node, ...outcome.answered }].slice(-MOST_ANSWERS) });
  if (outcome.misunderstood) {
    change(walk, { attempts: { ...state.attempts, [node]: (own(state.attempts, node) ?? 0) + 1 } });
  }
  if (outcome.update) {
    walk.effects.push({ type: "update", node, ...outcome.update });
    updated(walk, outcome.update);
  }
  if (outcome.note) walk.effects.push({ type: "note", node, ...outcome.note });
  return say(walk, node, outcome.say ?? []);
}

function pushCall(walk: Walk, node: string, input: Extract<Next, { do: "wait"; for: "result" }>["input"]): string {
  const call = serial(walk, node);
  walk.effects.push({ type: "call", call, node, kind: walk.index.node(node)?.kind ?? "", input });
  return call;
}

function wait(walk: Walk, node: string, next: Extract<Next, { do: "wait" }>): void {
  if (next.for === "result") {
    const guard = work(walk.state.guard);
    if (!guard) {
      handOver(walk, node, "loop");
      return;
    }
    change(walk, { guard });
  }
  const timer = serial(walk, node);
  const at = new Date(Date.parse(walk.env.now) + next.seconds * 1000).toISOString();
  const call = next.for === "result" ? pushCall(walk, node, next.input) : null;
  const asked = next.for === "result" ? { input: next.input } : {};
  const waiting: Waiting = { node, for: next.for, timer, call, kept: next.kept, ...asked };
  change(walk, { waiting });
  walk.effects.push({ type: "set_timer", timer, node, at });
}

/** Where an exit leads: its edge, else back from a command's detour, else null. */
function following(walk: Walk, node: string, next: Extract<Next, { do: "leave" }>): string | null {
  const target = walk.index.target(node, next.exit);
  if (target !== undefined) return target;
  // Silence and misunderstanding are no end of a detour: there the safe way is meant.
  if (next.because || walk.state.resume === null) return null;
  const { resume } = walk.state;
  change(walk, { resume: null });
  return resume;
}

/** Takes one outcome; the node to enter next, or null when the run waits or has ended. */
function take(walk: Walk, node: string, outcome: Outcome): string | null {
  if (!record(walk, node, outcome)) return null;
  const { next } = outcome;
  switch (next.do) {
    case "wait":
      wait(walk, node, next);
      return null;
    case "leave": {
      const target = following(walk, node, next);
      note(walk, "left", node, { exit: next.exit, to: target });
      if (target === null) safeWay(walk, node, next.because ?? "missing_exit");
      return target;
    }
    case "go":
      note(walk, "left", node, { to: next.node });
      return next.node;
    case "hand_over":
      handOver(walk, node, "handoff", next.to);
      return null;
    case "close":
      closeRun(walk, node, "close", next.with);
      return null;
    case "ignore":
      throw new Error("a node that has just been entered cannot ignore that");
  }
}

/** Enters a node and goes on until the run waits or ends. */
export function goTo(walk: Walk, node: string): void {
  let at: string | null = node;
  while (at !== null) {
    if (++walk.steps > MOST_STEPS) {
      handOver(walk, at, "loop");
      return;
    }
    at = take(walk, at, enterNode(walk, at));
  }
}

/** Goes on from a waiting node with what it made of its input. */
export function goOn(walk: Walk, node: string, outcome: Outcome, byCustomer: boolean): void {
  const { next } = outcome;
  if (next.do === "ignore") {
    note(walk, "ignored", node);
    return;
  }
  stopWaiting(walk);
  const moved = byCustomer && next.do !== "wait" && !(next.do === "leave" && next.because);
  if (moved) change(walk, { guard: progress(walk.state.guard) });
  const target = take(walk, node, outcome);
  if (target !== null) goTo(walk, target);
}
