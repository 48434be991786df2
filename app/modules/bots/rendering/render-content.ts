import { type ChannelLimits, fitsAsCard, type OutboundContent } from "~/modules/channels";
import type { BotContent, MediaSource } from "../engine/run";
import { type ChoiceContent, renderChoice } from "./render-choice";

type Card = Extract<BotContent, { kind: "card" }>;

/** The public address of a picture or file; null for one that has none, which is then left out. */
export type Link = (source: MediaSource) => string | null;

const byAddress: Link = (source) => (source.from === "url" ? source.url : null);

/** A card's words and buttons as a choice: what a channel shows that has no cards. */
export const choiceOfCard = ({ title, text, button, more, items, page }: Card): ChoiceContent => ({
  kind: "choice",
  body: [title, text].filter(Boolean).join("\n"),
  footer: null,
  ...{ button, more, items, page },
});

function renderCard(card: Card, limits: ChannelLimits, link: Link): OutboundContent {
  const picture = card.image && link(card.image);
  const inner = choiceOfCard(card);
  const { content } = renderChoice(inner, limits);
  const choice = card.items.length === 0 ? { type: "text" as const, text: inner.body } : content;
  return { type: "card", ...(picture && { picture }), ...cardShape(card), choice };
}

/** Anything that a bot says as the one message that a channel's driver takes. */
export function renderContent(content: BotContent, limits: ChannelLimits, link: Link = byAddress): OutboundContent {
  switch (content.kind) {
    case "text":
      return { type: "text", text: content.text };
    case "choice":
      return renderChoice(content, limits).content;
    case "card":
      return renderCard(content, limits, link);
    case "media": {
      const url = link(content.source);
      const caption = content.caption ?? "";
      return url === null
        ? { type: "text", text: caption }
        : { type: "media", media: content.media, url, ...(caption && { caption }) };
    }
  }
}

/** In how many pages a channel shows what is said, one for all that has none. */
export function pagesOf(content: BotContent, limits: ChannelLimits): number {
  if (content.kind === "choice") return renderChoice(content, limits).pages;
  if (content.kind === "card" && !fitsAsCard(cardShape(content), limits))
    return renderChoice(choiceOfCard(content), limits).pages;
  return 1;
}

/** A card as its fitting is asked, without a picture. */
export const cardShape = (card: Card) => ({
  title: card.title,
  ...(card.text !== null && { text: card.text }),
  buttons: card.items.map(({ id, label }) => ({ id, title: label })),
});
