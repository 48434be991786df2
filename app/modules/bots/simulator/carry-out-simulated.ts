import { CHANNEL_LIMITS } from "~/modules/channels";
import type { CloseEffect, Effect, HandoffEffect, UpdateEffect } from "../engine/run";
import { renderContent } from "../rendering/render-content";
import { showContent } from "../running/show-content";
import type { Json } from "../wording/json";
import type { Happening, LineBody, Simulation } from "./simulation";

export const withLine = (simulation: Simulation, line: LineBody): Simulation => ({
  ...simulation,
  lines: [...simulation.lines, { at: simulation.now, ...line }],
});

export const happened = (
  simulation: Simulation,
  what: Happening,
  detail: { [name: string]: Json } = {},
  node: string | null = null,
): Simulation => withLine(simulation, { from: "system", what, node, detail });

type Said = Parameters<typeof showContent>[0];

function say(simulation: Simulation, node: string | null, said: Said): Simulation {
  const limits = CHANNEL_LIMITS[simulation.situation.channel];
  const content = said.kind === "media" ? null : renderContent(said, limits);
  const list = content?.type === "list" ? content : null;
  return withLine(simulation, { from: "bot", node, list, ...showContent(said, limits) });
}

const told = ({ message, messageClosed, messageAway }: HandoffEffect, { situation }: Simulation): string | null => {
  if (messageClosed !== null && !situation.inHours) return messageClosed;
  return messageAway !== null && !situation.anyoneAvailable ? messageAway : message;
};

function handOff(simulation: Simulation, effect: HandoffEffect): Simulation {
  const words = told(effect, simulation);
  const spoken = words === null ? simulation : say(simulation, effect.node, { kind: "text", text: words });
  const { reason, area, priority, summary } = effect;
  return happened(spoken, "handed_over", { reason, area, priority, note: summary.note }, effect.node);
}

function close(simulation: Simulation, effect: CloseEffect): Simulation {
  const { message, node, reason, label, tags, askRating } = effect;
  const spoken = message === null ? simulation : say(simulation, node, { kind: "text", text: message });
  return happened(spoken, "closed", { reason, label, tags, askRating }, node);
}

/** Fields are the contact's own; an empty text takes one away. Tags and the rest are told, since nothing here shows them. */
function update(
  simulation: Simulation,
  { node, contact, tags, contactTags, priority, area }: UpdateEffect,
): Simulation {
  const fields = Object.entries(contact).map(([field, text]) => [field, text === "" ? null : text]);
  const { situation } = simulation;
  const known = { ...situation, contact: { ...situation.contact, ...Object.fromEntries(fields) } };
  const changes = {
    ...contact,
    ...{ add: [...tags.add, ...contactTags.add], remove: [...tags.remove, ...contactTags.remove] },
    ...{ priority, area },
  };
  const told = Object.entries(changes).filter(([, value]) => value !== null && value.length > 0);
  return happened({ ...simulation, situation: known }, "updated", { value: Object.fromEntries(told) }, node);
}

/** What an effect of the engine brings about in a simulated conversation. */
export function carryOutSimulated(simulation: Simulation, effect: Effect): Simulation {
  switch (effect.type) {
    case "send":
      return say(simulation, effect.node, effect.content);
    case "set_timer": {
      const { timer, node, at } = effect;
      return { ...simulation, timers: [...simulation.timers, { timer, node, at }] };
    }
    case "cancel_timer":
      return { ...simulation, timers: simulation.timers.filter(({ timer }) => timer !== effect.timer) };
    case "call": {
      const { call, node, kind, input } = effect;
      return happened({ ...simulation, pending: { call, node, kind, input } }, "asked_server", { kind }, node);
    }
    case "update":
      return update(simulation, effect);
    case "note":
      return happened(simulation, "noted", { value: effect.text }, effect.node);
    case "handoff":
      return handOff(simulation, effect);
    case "close":
      return close(simulation, effect);
  }
}
