import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Composer } from "~/ui/conversation/composer";
import { Banner } from "~/ui/state/banner";
import { Spinner } from "~/ui/state/spinner";
import { drawnNodeOf } from "../../compile/calls-flows";
import type { Flow } from "../../flow";
import { isServerKind } from "../../simulator/server-answer";
import type { PendingCall } from "../../simulator/simulation";
import { KeepScenario } from "../scenarios/keep-scenario";
import { ScenariosPanel } from "../scenarios/scenarios-panel";
import { useScenarios } from "../scenarios/use-scenarios";
import { SendMenu } from "./send-menu";
import { ServerAnswers } from "./server-answers";
import { ServerCall } from "./server-call";
import { SimulatorHead, type SimulatorView } from "./simulator-head";
import { SimulatorLog } from "./simulator-log";
import { SituationForm } from "./situation-form";
import { TrialProblem } from "./trial-problem";
import { useRealAnswers } from "./use-real-answers";
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
  const { control, problem, restart } = useSimulation(flow, flowId, scenarios.organisation, onNode);
  if (!control)
    return problem ? <TrialProblem problem={problem} onRetry={restart} /> : <Spinner className="mx-auto my-8 size-6" />;
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
      {problem !== null && <TrialProblem problem={problem} onRetry={restart} />}
      {view === "situation" && <SituationForm control={control} />}
      {view === "server" && <ServerAnswers control={control} />}
      {view === "scenarios" && <ScenariosPanel flow={flow} flowId={flowId} scenarios={scenarios} />}
      {view === "chat" && <Chat control={control} onNode={(id) => onNode(drawnNodeOf(flow, id))} />}
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
        flow={simulation.flow}
        lines={lines}
        open={run.waiting !== null}
        onNode={onNode}
        onPick={({ id, label }) => perform({ do: "say", answer: { kind: "interactive", text: label, payload: id } })}
      />
      {pending ? (
        <Pending control={control} pending={pending} />
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

/** The server's work that the bot waits for: the organisation's answers are looked up, all else is answered by hand. */
function Pending({ control, pending }: { control: SimulationControl; pending: PendingCall }) {
  const { t } = useTranslation();
  const { problem, again } = useRealAnswers(control);
  const { call, node, kind } = pending;
  if (!isServerKind(kind)) return null;
  if (kind === "faq" && problem === null)
    return (
      <p role="status" className="flex items-center gap-2 border-line border-t bg-surface px-4 py-3 text-ink-soft">
        <Spinner className="size-4" />
        {t("bots.simulator.server.looking")}
      </p>
    );
  return (
    <ServerCall
      key={call}
      simulation={control.simulation}
      call={{ ...pending, kind }}
      onAnswer={(output, always) =>
        control.perform(always ? { do: "stub", node, outputs: [output] } : { do: "answer", output })
      }
    >
      {problem && (
        <div role="alert" className="flex flex-wrap items-center gap-2 text-danger-text text-sm">
          {t([`errors.${problem}`, "errors.unexpected"])}
          <Button size="sm" onClick={again}>
            {t("ui.retry")}
          </Button>
        </div>
      )}
    </ServerCall>
  );
}
