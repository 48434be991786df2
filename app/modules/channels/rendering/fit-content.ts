import type { ChannelLimits } from "../channel-limits";
import type { ChoiceButton, OutboundContent } from "../outbound-message";
import { measureText, splitText } from "./split-text";

type Buttons = Extract<OutboundContent, { type: "buttons" }>;
type List = Extract<OutboundContent, { type: "list" }>;

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

const joined = (...paragraphs: (string | undefined)[]) => paragraphs.filter(Boolean).join("\n\n");

function asTexts(text: string, limits: ChannelLimits): OutboundContent[] {
  return splitText(text, limits.text.max, limits.text.unit).map((part) => ({ type: "text", text: part }));
}

/** The choice as numbered lines: the form that every channel can show. */
function asNumbers(content: Buttons | List, limits: ChannelLimits): OutboundContent[] {
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
) {
  const keepsFooter = fits(content.footer, room.footer);
  const text = keepsFooter ? content.text : joined(content.text, content.footer);
  const body = Math.min(room.body, limits.text.max);
  const whole = measureText(text, limits.text.unit) <= body;
  const parts = whole ? [text] : splitText(text, body, limits.text.unit);
  const before: OutboundContent[] = parts.slice(0, -1).map((part) => ({ type: "text", text: part }));
  return [...before, { ...content, text: parts.at(-1) ?? text, footer: keepsFooter ? content.footer : undefined }];
}

/**
 * The messages that a content becomes under a channel's limits, in order. Long texts are split; a choice that the channel
 * cannot show as such becomes buttons where those suffice, else numbered text. Nothing that was written is left out.
 */
export function fitContent(content: OutboundContent, limits: ChannelLimits): OutboundContent[] {
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
