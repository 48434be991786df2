import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { ChannelKind } from "~/modules/channels";
import { callsFlows, drawnNodeOf } from "../../compile/calls-flows";
import type { Flow } from "../../flow";
import { perform } from "../../simulator/perform";
import { type Deed, newSimulation, nodeAt, type Simulation } from "../../simulator/simulation";
import { newSituation, type Situation } from "../../simulator/situation";
import type { Json } from "../../wording/json";
import { askCompiled } from "./ask-trial";

export type SimulationControl = {
  flowId: string;
  simulation: Simulation;
  /** What it was begun with. */
  begun: Situation;
  perform: (deed: Deed) => void;
  /** Answers the server's work that is waited for, as part of what was done last. */
  goOn: (call: string, deed: Deed) => void;
  /** What the server answers for a node from now on; no step of the conversation, so that a step back keeps it. */
  stub: (node: string, outputs: Json[]) => void;
  /** One deed back; null where nothing was done. */
  back: (() => void) | null;
  /** Anew on the flow as it is now, in the same situation or another. */
  restart: (change?: Partial<Situation>) => void;
  /** The flow was changed since the conversation began. */
  outdated: boolean;
};

/** `drawn` is the flow as its author has it, `now.flow` what runs of it. */
type Held = { drawn: Flow; begun: Situation; past: readonly Simulation[]; now: Simulation };

const begin = (drawn: Flow, compiled: Flow, situation: Situation): Held => ({
  ...{ drawn, begun: situation, past: [] },
  now: newSimulation(compiled, situation),
});

/** What the server shall answer, by flow, as long as the page is open. */
const remembered = new Map<string, Situation["stubs"]>();

/** The customer on whom a flow is tried: somebody new, with a name. */
function useFirstSituation(organisation: Partial<Situation> | undefined): Situation {
  const { t } = useTranslation();
  const name = t("bots.simulator.customer");
  return useMemo(
    () => ({
      ...newSituation("web", new Date().toISOString()),
      contact: { name, phone: null, email: null },
      ...organisation,
    }),
    [name, organisation],
  );
}

/** Begins conversations on the flow as it is now; the called flows are the server's to put in. */
function useHeld(flow: Flow, flowId: string, first: Situation) {
  const [held, setHeld] = useState<Held | null>(() => (callsFlows(flow) ? null : begin(flow, flow, first)));
  const [problem, setProblem] = useState<unknown>(null);
  const last = useRef({ first, held });
  last.current = { first, held };
  const restart = useCallback(
    async (change: Partial<Situation> = {}) => {
      const startsAt = new Date().toISOString();
      const stubs = remembered.get(flowId) ?? {};
      try {
        const compiled = await askCompiled(flowId, flow);
        const { first: fresh, held: before } = last.current;
        setHeld(begin(flow, compiled, { ...fresh, ...before?.begun, startsAt, stubs, ...change }));
        setProblem(null);
      } catch (error) {
        setProblem(error);
      }
    },
    [flow, flowId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a conversation begins once, not with every change of the flow.
  useEffect(() => void restart(), []);
  // The organisation is learnt a moment later.
  useEffect(
    () =>
      setHeld((before) => {
        if (!before || before.past.length > 0) return before;
        return begin(before.drawn, before.now.flow, {
          ...first,
          channel: before.begun.channel,
          stubs: before.begun.stubs,
        });
      }),
    [first],
  );
  return { held, setHeld, problem, restart };
}

/** Tells which node of the drawing the conversation is at. */
function useShownNode(held: Held | null, onNode: (id: string | null) => void): void {
  const at = held && nodeAt(held.now);
  const shown = held && at !== null ? drawnNodeOf(held.drawn, at) : null;
  useEffect(() => {
    onNode(shown);
    return () => onNode(null);
  }, [shown, onNode]);
}

/**
 * A simulated conversation of a screen: what is done in it, and the way back. `control` is null until it can begin;
 * `problem` is why it could not.
 */
export function useSimulation(
  flow: Flow,
  flowId: string,
  organisation: Partial<Situation> | undefined,
  onNode: (id: string | null) => void,
): { control: SimulationControl | null; problem: unknown; restart: () => void } {
  const { held, setHeld, problem, restart } = useHeld(flow, flowId, useFirstSituation(organisation));
  useShownNode(held, onNode);
  const stubs = held?.now.situation.stubs;
  useEffect(() => {
    if (stubs) remembered.set(flowId, stubs);
  }, [stubs, flowId]);
  const change = useCallback((to: (held: Held) => Held) => setHeld((before) => before && to(before)), [setHeld]);
  const deeds = useMemo(
    () => ({
      perform: (deed: Deed) =>
        change(({ past, now, ...rest }) => ({ ...rest, past: [...past, now], now: perform(now, deed) })),
      goOn: (call: string, deed: Deed) =>
        change((at) => (at.now.pending?.call === call ? { ...at, now: perform(at.now, deed) } : at)),
      stub: (node: string, outputs: Json[]) =>
        change((at) => ({ ...at, now: perform(at.now, { do: "stub", node, outputs }) })),
    }),
    [change],
  );
  const back = useCallback(
    () =>
      change((at) => {
        const before = at.past.at(-1);
        if (!before) return at;
        const situation = { ...before.situation, stubs: at.now.situation.stubs };
        return { ...at, past: at.past.slice(0, -1), now: { ...before, situation } };
      }),
    [change],
  );
  const again = useCallback((changed?: Partial<Situation>) => void restart(changed), [restart]);
  const control = held && {
    ...{ flowId, simulation: held.now, begun: held.begun, ...deeds, restart: again },
    back: held.past.length > 0 ? back : null,
    outdated: held.drawn !== flow,
  };
  return { control, problem, restart: () => again() };
}

export const channelOf = ({ simulation }: SimulationControl): ChannelKind => simulation.situation.channel;
