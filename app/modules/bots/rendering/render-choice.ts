import { type ChannelLimits, fitsAsButtons, fitsAsList, measureText, type OutboundWords } from "~/modules/channels";
import type { BotContent, ChoiceItem } from "../engine/run";

export type ChoiceContent = Extract<BotContent, { kind: "choice" }>;

/** How a choice looks on a channel: one message for its driver, and of how many pages it is one. */
export type RenderedChoice = { form: "buttons" | "list" | "numbered"; content: OutboundWords; pages: number };

/** A longer numbered page is not read to its end on a phone. */
const LINES_A_PAGE = 20;

const footerOf = (choice: ChoiceContent) => (choice.footer === null ? {} : { footer: choice.footer });

function asButtons(choice: ChoiceContent, limits: ChannelLimits): OutboundWords | null {
  const buttons = choice.items.map((item) => ({ id: item.id, title: item.label }));
  const plain = choice.items.every((item) => item.description === null);
  if (!plain || !fitsAsButtons(buttons, limits)) return null;
  return { type: "buttons", text: choice.body, ...footerOf(choice), buttons };
}

function asList(choice: ChoiceContent, limits: ChannelLimits): OutboundWords | null {
  const rows = choice.items.map((item) => ({
    id: item.id,
    title: item.label,
    ...(item.description !== null && { description: item.description }),
  }));
  const list = {
    type: "list" as const,
    text: choice.body,
    ...footerOf(choice),
    button: choice.button,
    sections: [{ rows }],
  };
  return fitsAsList(list, limits) ? list : null;
}

const line = (item: ChoiceItem, number: number) =>
  `${number}. ${item.label}${item.description === null ? "" : `: ${item.description}`}`;

function numberedText(choice: ChoiceContent, lines: string[], more: boolean): string {
  const all = more ? [...lines, `0. ${choice.more}`] : lines;
  return [choice.body, all.join("\n"), choice.footer].filter(Boolean).join("\n\n");
}

/** Fills page after page as far as one message holds; a page has at least one item, even one that will be split. */
function numberedPages(choice: ChoiceContent, limits: ChannelLimits): string[][] {
  const lines = choice.items.map((item, i) => line(item, i + 1));
  const fits = (page: string[], more: boolean) =>
    page.length <= LINES_A_PAGE && measureText(numberedText(choice, page, more), limits.text.unit) <= limits.text.max;
  if (fits(lines, false)) return [lines];
  const pages: string[][] = [];
  let page: string[] = [];
  for (const next of lines) {
    if (page.length > 0 && !fits([...page, next], true)) {
      pages.push(page);
      page = [];
    }
    page.push(next);
  }
  if (page.length > 0) pages.push(page);
  return pages;
}

/**
 * A choice as a channel can show it: buttons where they hold every item whole, else a list, else numbered text in pages
 * ("0" asks for the next). Nothing is cut: a text too long for one message stays whole here, and the driver's plan
 * splits it. Numbers run on over the pages, so that a number means the same item on each.
 */
export function renderChoice(choice: ChoiceContent, limits: ChannelLimits): RenderedChoice {
  if (choice.body.trim() !== "") {
    const buttons = asButtons(choice, limits);
    if (buttons) return { form: "buttons", content: buttons, pages: 1 };
    const list = asList(choice, limits);
    if (list) return { form: "list", content: list, pages: 1 };
  }
  const pages = numberedPages(choice, limits);
  const lines = pages[choice.page % Math.max(pages.length, 1)] ?? [];
  return {
    form: "numbered",
    content: { type: "text", text: numberedText(choice, lines, pages.length > 1) },
    pages: pages.length,
  };
}
