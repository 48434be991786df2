import { useCallback, useEffect, useState } from "react";
import { codeOfRefusal } from "~/platform/ask-server";
import { askAnswers } from "./ask-trial";
import type { SimulationControl } from "./use-simulation";

/** Lets FAQ nodes that nothing else answers have the organisation's own answers; why that failed, and another try. */
export function useRealAnswers({ flowId, simulation, goOn }: SimulationControl) {
  const [failed, setFailed] = useState<{ call: object; code: string } | null>(null);
  const [tries, setTries] = useState(0);
  const { pending } = simulation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again.
  useEffect(() => {
    if (pending?.kind !== "faq") return;
    let gone = false;
    askAnswers(flowId, pending.input).then(
      (output) => gone || goOn(pending.call, { do: "answer", output }),
      (error: unknown) => gone || setFailed({ call: pending, code: codeOfRefusal(error) }),
    );
    return () => {
      gone = true;
    };
  }, [pending, flowId, goOn, tries]);
  const again = useCallback(() => {
    setFailed(null);
    setTries((before) => before + 1);
  }, []);
  return { problem: failed !== null && failed.call === pending ? failed.code : null, again };
}
