import { CHANNEL_LIMITS } from "~/modules/channels";
import { type Answer, answerWords } from "../answers/match-answer";
import type { DeskFacts, RunEvent, StepEnv } from "../engine/run";
import { step } from "../engine/step";
import { definitionOf } from "../flow";
import { startMatches } from "../nodes/start/start-node";
import { type Json, own } from "../wording/json";
import { carryOutSimulated, happened, withLine } from "./carry-out-simulated";
import type { Deed, Simulation } from "./simulation";

/** The server's answers out of stubs that one deed may bring about, and the timers that may go off in it. */
const MOST_EVENTS = 500;

/** Spreads the situation's one number over the events, so that a lot is drawn anew and yet alike in every repeat. */
const chanceOf = ({ situation, events }: Simulation) => (situation.chance + events * 0.7548776662466927) % 1;

/** The same for every area that the flow asks of; when a closed one opens is not known here. */
function deskOf({ flow, situation }: Simulation): DeskFacts {
  const asked = flow.nodes.flatMap((node) => definitionOf(node).asks?.(node.settings) ?? []);
  const areas = [...new Set(asked.map(({ area }) => area ?? ""))];
  return {
    hours: Object.fromEntries(areas.map((area) => [area, { open: situation.inHours, opensAt: null }])),
    available: Object.fromEntries(areas.map((area) => [area, situation.anyoneAvailable])),
  };
}

function envOf(simulation: Simulation): StepEnv {
  const { situation, now } = simulation;
  const { channel, contact, org, returning, inHours, timeZone, region } = situation;
  return {
    ...{ timeZone, region, desk: deskOf(simulation) },
    ...{ now, random: chanceOf(simulation), channel, limits: CHANNEL_LIMITS[channel] },
    variables: { contact, org, ticket: { number: 1 }, system: { returning, in_hours: inHours } },
  };
}

function take(simulation: Simulation, event: RunEvent): Simulation {
  const { state, effects, trace } = step(simulation.flow, simulation.run, event, envOf(simulation));
  const stepped: Simulation = {
    ...{ ...simulation, run: state, events: simulation.events + 1 },
    ...{ trace: [...simulation.trace, ...trace], pending: null },
  };
  const after = effects.reduce(carryOutSimulated, stepped);
  // Work that nobody waits for is done and forgotten.
  const awaited = after.pending !== null && after.run.waiting?.call === after.pending.call;
  return awaited ? after : { ...after, pending: null };
}

function withResult(simulation: Simulation, output: Json): Simulation {
  const { pending, answers } = simulation;
  if (!pending) return simulation;
  const { node, call, kind } = pending;
  const known = { ...answers, [node]: [...(own(answers, node) ?? []), output] };
  const told = happened({ ...simulation, answers: known }, "server_answered", { kind, output }, node);
  return take(told, { type: "result", id: `r:${call}`, call, output });
}

/** Answers the server's work out of the stubs as long as there are some. */
function withStubs(simulation: Simulation): Simulation {
  let at = simulation;
  for (let i = 0; i < MOST_EVENTS && at.pending; i++) {
    const outputs = own(at.situation.stubs, at.pending.node) ?? [];
    const output = outputs[Math.min(own(at.answers, at.pending.node)?.length ?? 0, outputs.length - 1)];
    if (output === undefined) return at;
    at = withResult(at, output);
  }
  return at;
}

/** Whether the flow answers a first message; where not, people do. */
function isForFlow({ flow, situation }: Simulation, answer: Answer): boolean {
  const start = flow.nodes.find(({ id }) => id === flow.start);
  const { channel, ref, inHours } = situation;
  return start?.kind === "start" && startMatches(start.settings, { channel, ref, inHours, text: answerWords(answer) });
}

function say(simulation: Simulation, answer: Answer): Simulation {
  const heard = withLine(simulation, { from: "customer", answer });
  const { run, events } = simulation;
  if (run.done) return heard;
  if (run.node !== null || run.waiting) return take(heard, { type: "message", id: `m:${events}`, message: answer });
  if (!isForFlow(simulation, answer)) return happened(heard, "not_answered");
  return take(heard, { type: "start", id: "start", message: answer });
}

function wait(simulation: Simulation, seconds: number): Simulation {
  const until = Date.parse(simulation.now) + seconds * 1000;
  let at = happened(simulation, "waited", { seconds });
  for (let i = 0; i < MOST_EVENTS; i++) {
    const [due] = at.timers
      .filter((timer) => Date.parse(timer.at) <= until)
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    if (!due) break;
    const rest = at.timers.filter(({ timer }) => timer !== due.timer);
    const moved = happened({ ...at, now: due.at, timers: rest }, "timer", {}, due.node);
    at = withStubs(take(moved, { type: "timer", id: `t:${due.timer}`, timer: due.timer }));
  }
  return { ...at, now: new Date(until).toISOString() };
}

/** `flow.*` of the run, else the contact's or the organisation's; other paths are nobody's to set. */
function set(simulation: Simulation, path: string, value: Json): Simulation {
  const dot = path.indexOf(".");
  const [space, name] = [path.slice(0, dot), path.slice(dot + 1)];
  if (name === "" || (space !== "flow" && space !== "contact" && space !== "org")) return simulation;
  const told = happened(simulation, "set", { path, value });
  const { run, situation } = told;
  if (space === "flow") return { ...told, run: { ...run, variables: { ...run.variables, [name]: value } } };
  return { ...told, situation: { ...situation, [space]: { ...situation[space], [name]: value } } };
}

function stub(simulation: Simulation, node: string, outputs: Json[]): Simulation {
  const { [node]: _, ...others } = simulation.situation.stubs;
  const stubs = outputs.length > 0 ? { ...others, [node]: outputs } : others;
  return { ...simulation, situation: { ...simulation.situation, stubs } };
}

function carry(simulation: Simulation, deed: Deed): Simulation {
  switch (deed.do) {
    case "say":
      return say(simulation, deed.answer);
    case "wait":
      return wait(simulation, deed.seconds);
    case "set":
      return set(simulation, deed.path, deed.value);
    case "change":
      return happened(
        { ...simulation, situation: { ...simulation.situation, ...deed.facts } },
        "changed",
        deed.facts as { [name: string]: Json },
      );
    case "stub":
      return stub(simulation, deed.node, deed.outputs);
    case "answer":
      return withResult(simulation, deed.output);
  }
}

/** The conversation after one deed. Pure: the one given stays as it was. */
export function perform(simulation: Simulation, deed: Deed): Simulation {
  const done = [...simulation.deeds, { deed, lines: simulation.lines.length }];
  return { ...withStubs(carry(simulation, deed)), deeds: done };
}
