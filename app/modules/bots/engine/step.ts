import { answerWords } from "../answers/match-answer";
import type { Flow, FlowCommand } from "../flow";
import { fillText } from "../wording/variables";
import { goOn, goTo } from "./advance";
import { closeRun, handOver, safeTo } from "./end-of-run";
import { hear, progress } from "./loop-guard";
import type { RunEvent, RunState, StepEnv, StepResult } from "./run";
import { change, isClaimed, newWalk, note, receiveAtNode, stopWaiting, variablesOf, type Walk } from "./walk";

/** As many events as a run remembers; the inbox of messages and the job queue know the older ones. */
const REMEMBERED_EVENTS = 100;

const LONGEST_HEARD = 1000;

type Heard = Extract<RunEvent, { type: "message" }>["message"];

function runCommand(walk: Walk, command: FlowCommand, words: string): void {
  const { action, resume } = command;
  const { waiting, node } = walk.state;
  note(walk, "command", node, { words, action: action.kind });
  // Whoever chooses a way has moved the run.
  change(walk, { guard: progress(walk.state.guard) });
  switch (action.kind) {
    case "handoff": {
      const safe = safeTo(walk, "command");
      const message = fillText(action.message ?? "", variablesOf(walk)).trim() || safe.message;
      handOver(walk, node, "command", { ...safe, area: action.area ?? safe.area, message });
      return;
    }
    case "close": {
      const message = fillText(action.message ?? "", variablesOf(walk)).trim() || null;
      closeRun(walk, node, "command", { message, label: null, tags: [], askRating: false });
      return;
    }
    case "restart":
      stopWaiting(walk);
      change(walk, { resume: null });
      goTo(walk, walk.flow.start);
      return;
    case "goto":
      stopWaiting(walk);
      // A detour within a detour still ends where the first began.
      change(walk, { resume: resume ? (walk.state.resume ?? waiting?.node ?? walk.flow.start) : null });
      goTo(walk, action.node);
  }
}

function begin(walk: Walk, message: Heard | null): void {
  const words = message ? answerWords(message) : "";
  const command = walk.index.command(words);
  // The first word may already ask for a person; "menu" begins at the menu anyway.
  if (command && command.action.kind !== "restart") runCommand(walk, command, words);
  else goTo(walk, walk.flow.start);
}

function takeMessage(walk: Walk, message: Heard): void {
  const { waiting } = walk.state;
  const input = { type: "answer" as const, answer: message };
  const asked = waiting?.for === "answer" ? waiting.node : null;
  const words = answerWords(message);
  const command = walk.index.command(words);
  if (command && (asked === null || !isClaimed(walk, asked, input))) {
    runCommand(walk, command, words);
    return;
  }
  if (asked === null) {
    note(walk, "ignored", walk.state.node, { message: message.kind });
    return;
  }
  const outcome = receiveAtNode(walk, asked, input);
  const detail = { said: words.slice(0, 200), kind: message.kind, ...outcome.detail };
  note(walk, outcome.misunderstood ? "not_understood" : "answered", asked, detail);
  goOn(walk, asked, outcome, true);
}

function hearMessage(walk: Walk, message: Heard | null): boolean {
  if (!message) return true;
  const guard = hear(walk.state.guard, walk.env.now);
  if (!guard) {
    handOver(walk, walk.state.node, "loop");
    return false;
  }
  change(walk, { guard });
  return true;
}

function takeEvent(walk: Walk, event: RunEvent): void {
  const { waiting, node } = walk.state;
  switch (event.type) {
    case "start":
    case "message":
      if (!hearMessage(walk, event.message)) return;
      if (event.message?.text) change(walk, { heard: event.message.text.slice(0, LONGEST_HEARD) });
      if (node === null && waiting === null) begin(walk, event.message);
      else if (event.type === "message") takeMessage(walk, event.message);
      else note(walk, "ignored", node, { event: "start" });
      return;
    case "timer":
      if (!waiting) return;
      note(walk, "timer", waiting.node);
      // It has gone off: there is nothing left to cancel.
      change(walk, { waiting: { ...waiting, timer: null } });
      goOn(walk, waiting.node, receiveAtNode(walk, waiting.node, { type: "timer" }), false);
      return;
    case "result": {
      if (!waiting) return;
      const outcome = receiveAtNode(walk, waiting.node, { type: "result", output: event.output });
      note(walk, "result", waiting.node, outcome.detail);
      goOn(walk, waiting.node, outcome, false);
    }
  }
}

/** A timer or a result that nobody waits for any more is no event of this run. */
function isStale(state: RunState, event: RunEvent): boolean {
  if (event.type === "timer") return state.waiting === null || state.waiting.timer !== event.timer;
  if (event.type === "result") return state.waiting === null || state.waiting.call !== event.call;
  return false;
}

/** An engine that cannot go on gives the ticket to people, and says nothing of what it had half done. */
function afterFault(flow: Flow, state: RunState, event: RunEvent, env: StepEnv, fault: unknown): Walk {
  const walk = newWalk(flow, state, event.id, env);
  note(walk, "fault", state.node, { error: fault instanceof Error ? fault.message.slice(0, 500) : "unknown" });
  handOver(walk, state.node, "flow_error");
  return walk;
}

function walkWith(flow: Flow, state: RunState, event: RunEvent, env: StepEnv): Walk {
  const walk = newWalk(flow, state, event.id, env);
  try {
    takeEvent(walk, event);
    if (!walk.state.done && !walk.state.waiting) throw new Error("the run neither waits nor has ended");
    return walk;
  } catch (fault) {
    return afterFault(flow, state, event, env, fault);
  }
}

/**
 * Takes one event of a customer's run: the new state, and what has to be done, in order, in the transaction that stores
 * it. Pure: the same arguments give the same result, and none of them is changed. Never throws for a flow that its
 * schema accepts; an error inside becomes a handoff with the reason `flow_error`.
 *
 * An event that was taken before (by its id), one after the end, and a timer that was cancelled change nothing: the same
 * state object comes back, without effects. After `handoff` or `close`, always the last effect, nothing follows ever.
 */
export function step(flow: Flow, state: RunState, event: RunEvent, env: StepEnv): StepResult {
  if (state.done || state.seen.includes(event.id) || isStale(state, event)) return { state, effects: [], trace: [] };
  const walk = walkWith(flow, state, event, env);
  const seen = [...state.seen, event.id].slice(-REMEMBERED_EVENTS);
  return { state: { ...walk.state, seen }, effects: walk.effects, trace: walk.trace };
}
