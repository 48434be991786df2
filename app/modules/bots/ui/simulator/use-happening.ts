import { useTranslation } from "~/i18n/translation";
import { formatSpan } from "~/ui/format/format-span";
import { type Line, secondsToTimer } from "../../simulator/simulation";

type SystemLine = Extract<Line, { from: "system" }>;

const shown = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "–" : JSON.stringify(value);

/** What happened, as a line says it. */
export function useHappening(): (line: SystemLine) => string {
  const { t, i18n } = useTranslation();
  return ({ what, node, detail }) => {
    const facts = Object.entries(detail).map(([fact, is]) => t(`bots.simulator.facts.${fact}_${is ? "yes" : "no"}`));
    return t(`bots.simulator.happened.${what}`, {
      ...{ node: node ?? "", path: shown(detail.path), value: shown(detail.value), kind: shown(detail.kind) },
      ...{ area: detail.area ? shown(detail.area) : t("bots.simulator.ownArea"), facts: facts.join(", ") },
      ...{ output: shown(detail.output).slice(0, 200), span: formatSpan(Number(detail.seconds ?? 0), i18n.language) },
    });
  };
}

/** In what time the next timer goes off, as people say it; null where none is set. */
export function useNextTimer(simulation: Parameters<typeof secondsToTimer>[0]): string | null {
  const { i18n } = useTranslation();
  const seconds = secondsToTimer(simulation);
  return seconds === null ? null : formatSpan(seconds, i18n.language);
}
