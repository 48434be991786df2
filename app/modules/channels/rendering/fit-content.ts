import type { ChannelLimits } from "../channel-limits";
import type { ChoiceButton, OutboundContent, OutboundWords } from "../outbound-message";
import { measureText, splitText } from "./split-text";

type Buttons = Extract<OutboundContent, { type: "buttons" }>;
type List = Extract<OutboundContent, { type: "list" }>;
type Card = Extract<OutboundContent, { type: "card" }>;
type Media = Extract<OutboundContent, { type: "media" }>;

const fits = (text: string | undefined, max: number) => (text ?? "").length <= max;
const distinct = (values: string[]) => new Set(values).size === values.length;

/** True when the channel shows these as buttons, whatever the length of the text above them. */
export function fitsAsButtons(buttons: ChoiceButton[], limits: ChannelLimits): boolean {
  const most = limits.buttons;
  if (!most || buttons.length === 0 || buttons.length > most.max) return false;
  if (!distinct(buttons.map((b) => b.title)) || !distinct(buttons.map((b) => b.id))) return false;
  return buttons.every((b) => b.title !== "" && b.id !== "" && fits(b.title, most.title) && fits(b.id, most.id));
}

/** True when the channel shows this as a list, whatever the length of the text above it. */
export function fitsAsList(list: List, limits: ChannelLimits): boolean {
  const most = limits.list;
  if (!most) return false;
  const rows = list.sections.flatMap((section) => section.rows);
  if (rows.length === 0 || rows.length > most.rows || list.sections.length > most.sections) return false;
  if (!distinct(rows.map((row) => row.id)) || list.button === "" || !fits(list.button, most.button)) return false;
  const needsTitles = list.sections.length > 1;
  if (!list.sections.every((s) => fits(s.title, most.sectionTitle) && !(needsTitles && !s.title))) return false;
  return rows.every(
    (row) =>
      row.title !== "" &&
      row.id !== "" &&
      fits(row.title, most.rowTitle) &&
      fits(row.id, most.rowId) &&
      fits(row.description, most.rowDescription),
  );
}

/** True when the channel shows this as a card: picture, title, text and buttons in one. */
export function fitsAsCard({ title, text, buttons }: Pick<Card, "title" | "text" | "buttons">, limits: ChannelLimits) {
  const most = limits.cards;
  if (!most || buttons.length > most.buttons || !fits(title, most.title) || !fits(text, most.subtitle)) return false;
  // A card of a title alone is refused.
  if (buttons.length === 0 && !text) return false;
  return distinct(buttons.map((b) => b.id)) && buttons.every((b) => b.title !== "" && fits(b.title, most.buttonTitle));
}

const joined = (...paragraphs: (string | undefined)[]) => paragraphs.filter(Boolean).join("\n\n");

function asTexts(text: string, limits: ChannelLimits): OutboundWords[] {
  return splitText(text, limits.text.max, limits.text.unit).map((part) => ({ type: "text", text: part }));
}

/** The choice as numbered lines: the form that every channel can show. */
function asNumbers(content: Buttons | List, limits: ChannelLimits): OutboundWords[] {
  const items = content.type === "buttons" ? content.buttons : content.sections.flatMap((section) => section.rows);
  const lines = items.map((item, i) => {
    const description = "description" in item && item.description ? `: ${item.description}` : "";
    return `${i + 1}. ${item.title}${description}`;
  });
  return asTexts(joined(content.text, lines.join("\n"), content.footer), limits);
}

/** Puts the choice under the last part of its text; the parts before go as plain texts, and a footer too long as text. */
function underText<T extends Buttons | List>(
  content: T,
  room: { body: number; footer: number },
  limits: ChannelLimits,
): OutboundWords[] {
  const keepsFooter = fits(content.footer, room.footer);
  const text = keepsFooter ? content.text : joined(content.text, content.footer);
  const body = Math.min(room.body, limits.text.max);
  const whole = measureText(text, limits.text.unit) <= body;
  const parts = whole ? [text] : splitText(text, body, limits.text.unit);
  const before: OutboundWords[] = parts.slice(0, -1).map((part) => ({ type: "text", text: part }));
  return [...before, { ...content, text: parts.at(-1) ?? text, footer: keepsFooter ? content.footer : undefined }];
}

/** Words too long to stand under it follow as a text. */
function asMedia(media: Media, limits: ChannelLimits): OutboundContent[] {
  const { caption, ...bare } = media;
  if (!caption) return [bare];
  if (media.media !== "audio" && fits(caption, limits.caption)) return [media];
  return [bare, ...asTexts(caption, limits)];
}

/** As a card, else as buttons under the picture, else the picture first and then the choice. */
function asCard(card: Card, limits: ChannelLimits): OutboundContent[] {
  const { picture, choice } = card;
  if (fitsAsCard(card, limits)) return [card];
  const parts = asWords(choice, limits);
  if (!picture) return parts;
  const last = parts.at(-1);
  if (parts.length === 1 && last?.type === "buttons" && limits.buttons?.picture) return [{ ...last, picture }];
  return [{ type: "media", media: "image", url: picture }, ...parts];
}

/** Texts, and choices as the channel shows them: as they are, as buttons where those suffice, else as numbered text. */
function asWords(content: OutboundWords, limits: ChannelLimits): OutboundWords[] {
  if (content.type === "text") return asTexts(content.text, limits);
  if (content.text.trim() === "") return asNumbers(content, limits);
  if (content.type === "buttons") {
    if (!limits.buttons || !fitsAsButtons(content.buttons, limits)) return asNumbers(content, limits);
    return underText(content, limits.buttons, limits);
  }
  if (limits.list && fitsAsList(content, limits)) return underText(content, limits.list, limits);
  const rows = content.sections.flatMap((section) => section.rows);
  const buttons = rows.map(({ id, title }) => ({ id, title }));
  const plain = rows.every((row) => !row.description) && content.sections.every((section) => !section.title);
  if (!plain || !limits.buttons || !fitsAsButtons(buttons, limits)) return asNumbers(content, limits);
  return underText({ type: "buttons", text: content.text, footer: content.footer, buttons }, limits.buttons, limits);
}

/**
 * The messages that a content becomes under a channel's limits, in order. Long texts are split; a choice that the channel
 * cannot show as such becomes buttons where those suffice, else numbered text; a card that it cannot show becomes its
 * picture and its choice. Nothing that was written is left out.
 */
export function fitContent(content: OutboundWords, limits: ChannelLimits): OutboundWords[];
export function fitContent(content: OutboundContent, limits: ChannelLimits): OutboundContent[];
export function fitContent(content: OutboundContent, limits: ChannelLimits): OutboundContent[] {
  if (content.type === "media") return asMedia(content, limits);
  return content.type === "card" ? asCard(content, limits) : asWords(content, limits);
}
