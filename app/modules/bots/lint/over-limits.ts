import { type ChannelLimits, fitsAsCard, measureText } from "~/modules/channels";
import type { BotContent, ChoiceItem } from "../engine/run";
import { definitionOf } from "../flow";
import { type ChoiceContent, renderChoice } from "../rendering/render-choice";
import { cardShape, choiceOfCard } from "../rendering/render-content";
import { templateUses } from "../wording/variables";
import { defineRule, type Finding } from "./rule";

type Text = "split" | "numbered" | "paged" | "not_a_card" | "apart";

/** A text with every variable at its shortest: what is too long even so is too long always. */
const shortest = (text: string) =>
  templateUses(text).reduce((rest, use) => rest.replace(/\{\{[^{}]*\}\}/, () => use.fallback ?? ""), text);

const isOver = (text: string, limits: ChannelLimits) => measureText(shortest(text), limits.text.unit) > limits.text.max;

/** Items with every label at its shortest. */
const shortItems = (items: readonly ChoiceItem[]) =>
  items.map((item) => ({
    ...item,
    label: shortest(item.label),
    description: item.description === null ? null : shortest(item.description),
  }));

function checkChoice(content: ChoiceContent, limits: ChannelLimits): Text | null {
  const body = shortest(content.body) || "…";
  const shown = renderChoice({ ...content, body, items: shortItems(content.items) }, limits);
  if (shown.pages > 1) return "paged";
  return shown.form === "numbered" && (limits.buttons !== null || limits.list !== null) ? "numbered" : null;
}

function checkCard(card: Extract<BotContent, { kind: "card" }>, limits: ChannelLimits): Text | null {
  const short = {
    ...card,
    title: shortest(card.title) || "…",
    text: card.text === null ? null : shortest(card.text) || "…",
    items: shortItems(card.items),
  };
  if (limits.cards) return fitsAsCard(cardShape(short), limits) ? null : "not_a_card";
  if (card.items.length > 0) return checkChoice(choiceOfCard(card), limits);
  return isOver(choiceOfCard(card).body, limits) ? "split" : null;
}

function check(content: BotContent, limits: ChannelLimits): Text | null {
  switch (content.kind) {
    case "text":
      return isOver(content.text, limits) ? "split" : null;
    case "choice":
      return checkChoice(content, limits);
    case "card":
      return checkCard(content, limits);
    case "media":
      return shortest(content.caption ?? "").length > limits.caption ? "apart" : null;
  }
}

/** Texts and choices that a channel cannot show as they are drawn. Nothing is lost, but it looks otherwise. */
export const overLimits = defineRule<Text>(
  {
    split: "On {channel} this text is sent in parts of {limit}.",
    numbered: "On {channel} these items do not fit into buttons or a list: they are sent as numbered text.",
    paged: "On {channel} these items are sent as numbered text in several pages.",
    not_a_card: "On {channel} this card is too large: its picture, its words and its buttons are sent apart.",
    apart: "On {channel} the caption is sent as a text of its own.",
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
