import { type ChannelLimits, measureText } from "~/modules/channels";
import type { BotContent } from "../engine/run";
import { definitionOf } from "../flow";
import { renderChoice } from "../rendering/render-choice";
import { templateUses } from "../wording/variables";
import { defineRule, type Finding } from "./rule";

type Text = "split" | "numbered" | "paged";

/** A text with every variable at its shortest: what is too long even so is too long always. */
const shortest = (text: string) =>
  templateUses(text).reduce((rest, use) => rest.replace(/\{\{[^{}]*\}\}/, () => use.fallback ?? ""), text);

function check(content: BotContent, limits: ChannelLimits): Text | null {
  if (content.kind === "text") {
    return measureText(shortest(content.text), limits.text.unit) > limits.text.max ? "split" : null;
  }
  const items = content.items.map((item) => ({
    ...item,
    label: shortest(item.label),
    description: item.description === null ? null : shortest(item.description),
  }));
  const shown = renderChoice({ ...content, body: shortest(content.body) || "…", items }, limits);
  if (shown.pages > 1) return "paged";
  return shown.form === "numbered" && (limits.buttons !== null || limits.list !== null) ? "numbered" : null;
}

/** Texts and choices that a channel cannot show as they are drawn. Nothing is lost, but it looks otherwise. */
export const overLimits = defineRule<Text>(
  {
    split: "On {channel} this text is sent in parts of {limit}.",
    numbered: "On {channel} these items do not fit into buttons or a list: they are sent as numbered text.",
    paged: "On {channel} these items are sent as numbered text in several pages.",
  },
  ({ flow, context }) =>
    flow.nodes.flatMap((node) => {
      const shown = definitionOf(node).shows?.(node.settings) ?? [];
      return (context.channels ?? []).flatMap(({ kind, limits }): Finding<Text>[] => {
        const texts = new Set(shown.map((content) => check(content, limits)).filter((text) => text !== null));
        const params = { channel: kind, limit: limits.text.max };
        return [...texts].map((text) => ({ severity: "warning", node: node.id, text, params }));
      });
    }),
);
