import { useTranslation } from "~/i18n/translation";
import { formatSpan } from "~/ui/format/format-span";
import { nodeWordsOf } from "../../editing/node-words";
import type { Flow } from "../../flow";
import { answerFrom, isServerKind } from "../../simulator/server-answer";
import { type Line, secondsToTimer } from "../../simulator/simulation";
import type { Json } from "../../wording/json";
import { useNodeLabel } from "../use-node-label";

type SystemLine = Extract<Line, { from: "system" }>;

const shown = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "–" : JSON.stringify(value);

/** What happened, as a line says it. */
export function useHappening(flow: Flow): (line: SystemLine) => string {
  const { t, i18n } = useTranslation();
  const { nodeLabel } = useNodeLabel();
  const labelOf = (id: string) => {
    const node = flow.nodes.find((one) => one.id === id);
    return nodeLabel(node && nodeWordsOf(node), id);
  };
  const outputWords = (kind: Json | undefined, output: Json) => {
    if (typeof kind !== "string" || !isServerKind(kind)) return shown(output).slice(0, 200);
    const { outcome, status, text } = answerFrom(kind, output);
    const come = t(`bots.simulator.server.outcomes.${kind}_${outcome}`);
    // What it knows the bot says at once.
    return outcome === "answers" ? `${come}: ${status} ${text.replace(/\s+/g, " ").slice(0, 120)}` : come;
  };
  return ({ what, node, detail }) => {
    const facts = Object.entries(what === "changed" ? detail : {}).map(([fact, is]) =>
      t(`bots.simulator.facts.${fact}_${is ? "yes" : "no"}`),
    );
    return t(`bots.simulator.happened.${what}`, {
      ...{ node: node === null ? "" : labelOf(node), path: shown(detail.path), value: shown(detail.value) },
      ...{ area: detail.area ? shown(detail.area) : t("bots.simulator.ownArea"), facts: facts.join(", ") },
      ...{
        output: outputWords(detail.kind, detail.output ?? null),
        span: formatSpan(Number(detail.seconds ?? 0), i18n.language),
      },
    });
  };
}

/** In what time the next timer goes off, as people say it; null where none is set. */
export function useNextTimer(simulation: Parameters<typeof secondsToTimer>[0]): string | null {
  const { i18n } = useTranslation();
  const seconds = secondsToTimer(simulation);
  return seconds === null ? null : formatSpan(seconds, i18n.language);
}
