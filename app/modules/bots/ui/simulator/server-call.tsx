import { Server } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { nodeWordsOf } from "../../editing/node-words";
import { askedWords, firstAnswer, outputOf, type ServerKind } from "../../simulator/server-answer";
import type { PendingCall, Simulation } from "../../simulator/simulation";
import type { Json } from "../../wording/json";
import { useNodeLabel } from "../use-node-label";
import { ServerAnswerFields } from "./server-answer-fields";

type ServerCallProps = {
  simulation: Simulation;
  call: PendingCall & { kind: ServerKind };
  /** `always`: the node is answered so from now on. */
  onAnswer: (output: Json, always: boolean) => void;
  children?: ReactNode;
};

/** What the server is asked, and what it shall answer: by hand, since trying a flow must touch nobody's system. */
export function ServerCall({ simulation, call, onAnswer, children }: ServerCallProps) {
  const { t } = useTranslation();
  const { nodeLabel } = useNodeLabel();
  const node = simulation.flow.nodes.find(({ id }) => id === call.node);
  const [answer, setAnswer] = useState(() => firstAnswer(node));
  const [wrong, setWrong] = useState(false);
  const give = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const output = outputOf(call.kind, answer);
    setWrong(output === null);
    if (output !== null) onAnswer(output, new FormData(event.currentTarget).has("always"));
  };
  return (
    <form
      onSubmit={give}
      noValidate
      aria-label={t("bots.simulator.server.ask")}
      className="grid max-h-[70%] shrink-0 gap-3 overflow-y-auto border-line border-t bg-surface px-4 py-3"
    >
      <div>
        <h2 className="flex items-center gap-2 font-medium">
          <Server aria-hidden className="size-4 shrink-0 text-ink-soft" />
          {t("bots.simulator.server.ask")}
        </h2>
        <p className="text-ink-soft text-sm">
          <bdi>{nodeLabel(node && nodeWordsOf(node), call.node)}</bdi>
        </p>
        <p className="wrap-anywhere max-h-24 overflow-y-auto whitespace-pre-wrap font-mono text-ink-soft text-xs">
          {askedWords(call)}
        </p>
      </div>
      {children}
      <ServerAnswerFields kind={call.kind} answer={answer} onChange={setAnswer} wrong={wrong} />
      <Checkbox name="always" defaultChecked={call.kind !== "faq"} label={t("bots.simulator.server.always")} />
      <div>
        <Button type="submit" variant="primary">
          {t("bots.simulator.server.give")}
        </Button>
      </div>
    </form>
  );
}
