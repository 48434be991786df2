import { Plus, Server, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { EmptyState } from "~/ui/state/empty-state";
import { nodeWordsOf } from "../../editing/node-words";
import type { FlowNode } from "../../flow";
import { answerFrom, firstAnswer, isServerKind, outputOf, type ServerKind } from "../../simulator/server-answer";
import type { Json } from "../../wording/json";
import { own } from "../../wording/json";
import { useNodeLabel } from "../use-node-label";
import { ServerAnswerFields } from "./server-answer-fields";
import type { SimulationControl } from "./use-simulation";

type ServerNode = FlowNode & { kind: ServerKind };

/** What the server answers at each step that asks it, instead of being asked. */
export function ServerAnswers({ control }: { control: SimulationControl }) {
  const { t } = useTranslation();
  const { flow, situation } = control.simulation;
  const nodes = flow.nodes.filter((node): node is ServerNode => isServerKind(node.kind));
  if (nodes.length === 0)
    return (
      <EmptyState
        icon={<Server />}
        title={t("bots.simulator.server.none")}
        text={t("bots.simulator.server.noneText")}
      />
    );
  return (
    <div className="grid content-start gap-5 overflow-y-auto px-4 py-4">
      <p className="text-ink-soft text-sm">{t("bots.simulator.server.about")}</p>
      {nodes.map((node) => (
        <NodeAnswers
          key={node.id}
          node={node}
          outputs={own(situation.stubs, node.id) ?? []}
          onChange={(outputs) => control.stub(node.id, outputs)}
        />
      ))}
    </div>
  );
}

type NodeAnswersProps = { node: ServerNode; outputs: readonly Json[]; onChange: (outputs: Json[]) => void };

function NodeAnswers({ node, outputs, onChange }: NodeAnswersProps) {
  const { t } = useTranslation();
  const { nodeLabel } = useNodeLabel();
  const label = nodeLabel(nodeWordsOf(node), node.id);
  const added = outputOf(node.kind, firstAnswer(node)) ?? (node.kind === "faq" ? { answers: [] } : { unsure: true });
  return (
    <section className="grid gap-2" aria-label={label}>
      <h2 className="wrap-anywhere font-medium">
        <bdi>{label}</bdi>
      </h2>
      {outputs.length === 0 && (
        <p className="text-ink-soft text-sm">
          {t(node.kind === "faq" ? "bots.simulator.server.real" : "bots.simulator.server.byHand")}
        </p>
      )}
      <ol className="grid gap-3">
        {outputs.map((output, i) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: answers have no name but their turn.
            key={`${i} of ${outputs.length}`}
            className="flex items-start gap-1 border-line-mid border-s-2 ps-3"
          >
            <OneAnswer
              number={i + 1}
              kind={node.kind}
              output={output}
              onChange={(changed) => onChange(outputs.map((one, at) => (at === i ? changed : one)))}
            />
            <IconButton
              label={t("bots.simulator.server.remove", { number: i + 1 })}
              icon={<Trash2 aria-hidden />}
              onClick={() => onChange(outputs.filter((_, at) => at !== i))}
            />
          </li>
        ))}
      </ol>
      {outputs.length > 1 && <p className="text-ink-soft text-sm">{t("bots.simulator.server.inTurn")}</p>}
      <div>
        <Button
          size="sm"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => onChange([...outputs, outputs.at(-1) ?? added])}
        >
          {t(outputs.length === 0 ? "bots.simulator.server.add" : "bots.simulator.server.addNext")}
        </Button>
      </div>
    </section>
  );
}

type OneAnswerProps = { number: number; kind: ServerKind; output: Json; onChange: (output: Json) => void };

/** Kept as soon as it can be read. */
function OneAnswer({ number, kind, output, onChange }: OneAnswerProps) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState(() => answerFrom(kind, output));
  return (
    <fieldset
      className="min-w-0 flex-1"
      onBlur={({ currentTarget, relatedTarget }) => {
        const settled = outputOf(kind, answer);
        const left = !(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget);
        if (left && settled !== null && JSON.stringify(settled) !== JSON.stringify(output)) onChange(settled);
      }}
    >
      <legend className="sr-only">{t("bots.simulator.server.answer", { number })}</legend>
      <ServerAnswerFields kind={kind} answer={answer} onChange={setAnswer} wrong={outputOf(kind, answer) === null} />
    </fieldset>
  );
}
