import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Composer } from "~/ui/conversation/composer";
import { Banner } from "~/ui/state/banner";
import type { Flow } from "../../flow";
import { KeepScenario } from "../scenarios/keep-scenario";
import { ScenariosPanel } from "../scenarios/scenarios-panel";
import { useScenarios } from "../scenarios/use-scenarios";
import { SendMenu } from "./send-menu";
import { ServerCall } from "./server-call";
import { SimulatorHead, type SimulatorView } from "./simulator-head";
import { SimulatorLog } from "./simulator-log";
import { SituationForm } from "./situation-form";
import { type SimulationControl, useSimulation } from "./use-simulation";

type SimulatorPanelProps = {
  /** As it is drawn now; what began before goes on as it began. */
  flow: Flow;
  flowId: string;
  /** Which node the conversation is at, or which one is looked for. */
  onNode: (id: string | null) => void;
};

/** A conversation with the bot that nobody else sees: nothing is sent, and no other system is asked. */
export function SimulatorPanel({ flow, flowId, onNode }: SimulatorPanelProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<SimulatorView>("chat");
  const scenarios = useScenarios(flowId);
  const control = useSimulation(flow, scenarios.organisation, onNode);
  return (
    <section aria-label={t("bots.simulator.title")} className="flex min-h-0 flex-1 flex-col">
      <SimulatorHead control={control} view={view} onView={setView} />
      {control.outdated && (
        <Banner
          action={
            <button type="button" className="touch-target" onClick={() => control.restart()}>
              {t("bots.simulator.restart")}
            </button>
          }
        >
          {t("bots.simulator.outdated")}
        </Banner>
      )}
      {view === "situation" && <SituationForm control={control} />}
      {view === "scenarios" && <ScenariosPanel flow={flow} scenarios={scenarios} />}
      {view === "chat" && <Chat control={control} onNode={onNode} />}
      {view === "chat" && <KeepScenario control={control} scenarios={scenarios} />}
    </section>
  );
}

function Chat({ control, onNode }: { control: SimulationControl; onNode: (id: string) => void }) {
  const { t } = useTranslation();
  const { simulation, perform } = control;
  const { run, pending, lines } = simulation;
  const say = (text: string) => perform({ do: "say", answer: { kind: "text", text, payload: null } });
  return (
    <>
      <SimulatorLog
        lines={lines}
        open={run.waiting !== null}
        onNode={onNode}
        onPick={({ id, label }) => perform({ do: "say", answer: { kind: "interactive", text: label, payload: id } })}
      />
      {pending ? (
        <ServerCall key={pending.call} call={pending} onAnswer={(output) => perform({ do: "answer", output })} />
      ) : (
        <Composer
          onSend={say}
          start={<SendMenu onSend={(answer) => perform({ do: "say", answer })} />}
          blocked={
            run.done && (
              <span className="flex flex-wrap items-center justify-center gap-3">
                {t(run.done.by === "handoff" ? "bots.simulator.handedOver" : "bots.simulator.ended")}
                <Button size="sm" icon={<RotateCcw aria-hidden className="size-4" />} onClick={() => control.restart()}>
                  {t("bots.simulator.restart")}
                </Button>
              </span>
            )
          }
        />
      )}
    </>
  );
}
