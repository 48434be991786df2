import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { ChannelKind } from "~/modules/channels";
import type { Flow } from "../../flow";
import { perform } from "../../simulator/perform";
import { type Deed, newSimulation, nodeAt, type Simulation } from "../../simulator/simulation";
import { newSituation, type Situation } from "../../simulator/situation";

export type SimulationControl = {
  simulation: Simulation;
  /** What it was begun with. */
  begun: Situation;
  perform: (deed: Deed) => void;
  /** One deed back; null where nothing was done. */
  back: (() => void) | null;
  /** Anew on the flow as it is now, in the same situation or another. */
  restart: (change?: Partial<Situation>) => void;
  /** The flow was changed since the conversation began. */
  outdated: boolean;
};

type Held = { begun: Situation; past: readonly Simulation[]; now: Simulation };

const begin = (flow: Flow, situation: Situation): Held => ({
  begun: situation,
  past: [],
  now: newSimulation(flow, situation),
});

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

/** A simulated conversation of a screen: what is done in it, and the way back. */
export function useSimulation(
  flow: Flow,
  organisation: Partial<Situation> | undefined,
  onNode: (id: string | null) => void,
): SimulationControl {
  const first = useFirstSituation(organisation);
  const [held, setHeld] = useState<Held>(() => begin(flow, first));
  // The organisation is learnt a moment later; the channel may have been chosen by then.
  useEffect(
    () =>
      setHeld((before) =>
        before.past.length > 0 ? before : begin(before.now.flow, { ...first, channel: before.begun.channel }),
      ),
    [first],
  );
  const at = nodeAt(held.now);
  useEffect(() => {
    onNode(at);
    return () => onNode(null);
  }, [at, onNode]);
  const act = useCallback(
    (deed: Deed) => setHeld(({ begun, past, now }) => ({ begun, past: [...past, now], now: perform(now, deed) })),
    [],
  );
  const back = useCallback(
    () =>
      setHeld((before) => {
        const last = before.past.at(-1);
        return last ? { ...before, past: before.past.slice(0, -1), now: last } : before;
      }),
    [],
  );
  const restart = useCallback(
    (change: Partial<Situation> = {}) =>
      setHeld(({ begun }) => begin(flow, { ...begun, startsAt: new Date().toISOString(), ...change })),
    [flow],
  );
  return {
    ...{ simulation: held.now, begun: held.begun, perform: act, restart },
    back: held.past.length > 0 ? back : null,
    outdated: held.now.flow !== flow,
  };
}

export const channelOf = ({ simulation }: SimulationControl): ChannelKind => simulation.situation.channel;
