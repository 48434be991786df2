import type { ChannelLimits, OutboundContent } from "~/modules/channels";
import type { ShownChoice } from "~/modules/messaging";
import type { BotContent } from "../engine/run";
import { renderContent } from "../rendering/render-choice";

/** What the bot says as the thread keeps it and as the channel shows it. */
export type ShownContent = { text: string; choices: ShownChoice[]; content: OutboundContent };

/** Renders once, by the channel's limits, so that agents see what the customer saw. */
export function showContent(said: BotContent, limits: ChannelLimits): ShownContent {
  const content = renderContent(said, limits);
  return { text: content.text, choices: choicesOf(content), content };
}

function choicesOf(content: OutboundContent): ShownChoice[] {
  if (content.type === "buttons") return content.buttons.map(({ id, title }) => ({ id, label: title }));
  if (content.type !== "list") return [];
  return content.sections.flatMap((section) =>
    section.rows.map(({ id, title, description }) => ({ id, label: title, ...(description && { description }) })),
  );
}
