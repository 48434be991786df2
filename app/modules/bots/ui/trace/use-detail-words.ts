import { useTranslation } from "~/i18n/translation";
import { formatSpan } from "~/ui/format/format-span";
import type { ExplainedEntry, ExplainedRun } from "../../tracing/explanation";
import type { Json } from "../../wording/json";
import { useNodeLabel } from "../use-node-label";

/** What says nothing that the line does not say already, or is of use to programs alone. */
const UNSAID = new Set(["open", "available", "branch", "share", "answer", "message", "event", "flow", "items"]);

/** In the order in which people ask; all else after them. */
const ORDER = ["said", "kind", "item", "by", "value", "exit", "to"];
const placeOf = ([name]: [string, Json]) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** Messages whose kind nobody needs to be told. */
const PLAIN = new Set<Json>(["text", "interactive"]);

const asText = (value: Json): string => {
  if (Array.isArray(value)) return value.map(asText).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

const isEmpty = (value: Json) =>
  value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/** The rules and values of a line of a trace, as people say them. */
export function useDetailWords(nodes: ExplainedRun["nodes"]): (entry: ExplainedEntry) => string[] {
  const { t, i18n } = useTranslation();
  const { nodeLabel, exitLabel } = useNodeLabel();
  const wordOf = (list: string, value: Json) =>
    i18n.exists(`bots.trace.${list}.${value}`) ? t(`bots.trace.${list}.${value}`) : asText(value);
  const wordsOf = (name: string, value: Json, { node, what }: ExplainedEntry): string | null => {
    switch (name) {
      case "exit":
      case "item":
        return exitLabel(nodes[node ?? ""], String(value));
      case "to":
        return nodeLabel(nodes[String(value)], String(value));
      case "by":
        return what === "ended" ? null : wordOf("by", value);
      case "reason":
        return wordOf("reasons", value);
      case "action":
        return wordOf("actions", value);
      case "kind":
        return PLAIN.has(value) ? null : wordOf("kinds", value);
      case "visit":
        return value === 0 ? null : asText(value);
      case "variant":
        return asText(Number(value) + 1);
      case "score":
        return new Intl.NumberFormat(i18n.language, { style: "percent" }).format(Number(value));
      case "seconds":
        return formatSpan(Number(value), i18n.language);
      default:
        return asText(value);
    }
  };
  return (entry) =>
    Object.entries(entry.detail)
      .sort((a, b) => placeOf(a) - placeOf(b))
      .flatMap(([name, value]) => {
        const said = UNSAID.has(name) || isEmpty(value) ? null : wordsOf(name, value, entry);
        if (said === null) return [];
        const title = i18n.exists(`bots.trace.details.${name}`) ? t(`bots.trace.details.${name}`) : name;
        return [`${title}: ${said}`];
      });
}
