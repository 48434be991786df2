import { CHANNEL_LIMITS } from "~/modules/channels";
import type { CloseEffect, Effect, HandoffEffect } from "../engine/run";
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
  const shown = showContent(said, CHANNEL_LIMITS[simulation.situation.channel]);
  return withLine(simulation, { from: "bot", node, ...shown });
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
    case "handoff":
      return handOff(simulation, effect);
    case "close":
      return close(simulation, effect);
  }
}
