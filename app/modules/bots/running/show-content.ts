import type { ChannelLimits, OutboundContent } from "~/modules/channels";
import type { ShownChoice } from "~/modules/messaging";
import type { BotContent, MediaKind, MediaSource } from "../engine/run";
import { renderContent } from "../rendering/render-content";

/** What the bot says as the thread keeps it; `media` is the picture or file that goes with it. */
export type ShownContent = {
  text: string;
  choices: ShownChoice[];
  media: { kind: MediaKind; source: MediaSource } | null;
};

/** By the channel's limits, so that agents see what the customer saw. */
export function showContent(said: BotContent, limits: ChannelLimits): ShownContent {
  if (said.kind === "media")
    return { text: said.caption ?? "", choices: [], media: { kind: said.media, source: said.source } };
  const content = renderContent(said, limits);
  const image = said.kind === "card" ? said.image : null;
  return {
    text: textOf(content),
    choices: choicesOf(content),
    media: image && { kind: "image", source: image },
  };
}

function textOf(content: OutboundContent): string {
  if (content.type === "media") return content.caption ?? "";
  // A card that the channel shows as one has its buttons beside the words.
  return content.type === "card" ? content.choice.text : content.text;
}

function choicesOf(content: OutboundContent): ShownChoice[] {
  if (content.type === "card") return choicesOf(content.choice);
  if (content.type === "buttons") return content.buttons.map(({ id, title }) => ({ id, label: title }));
  if (content.type !== "list") return [];
  return content.sections.flatMap((section) =>
    section.rows.map(({ id, title, description }) => ({ id, label: title, ...(description && { description }) })),
  );
}
