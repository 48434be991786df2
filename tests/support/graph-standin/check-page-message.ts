import { absentOrWithin, distinct, type Fields, fields, isWebAddress, items, within } from "./fields";
import type { GraphError } from "./graph-error";

export type PageKind = "messenger" | "instagram";

const bad = (message: string, subcode?: number): GraphError => ({ status: 400, code: 100, subcode, message });

function checkText(text: unknown, kind: PageKind): GraphError | null {
  if (typeof text !== "string" || text === "") return bad("Param message[text] must be a string.");
  const fits = kind === "messenger" ? text.length < 2000 : Buffer.byteLength(text) <= 1000;
  return fits ? null : bad("Length of param message[text] must be less than or equal to 2000");
}

function checkQuickReplies(given: unknown): GraphError | null {
  if (given === undefined) return null;
  const replies = items(given);
  if (replies.length < 1 || replies.length > 13) return bad("Param quick_replies must have between 1 and 13 entries.");
  for (const { content_type, title, payload } of replies) {
    if (content_type !== "text" || !within(title, 20) || !within(payload, 1000))
      return bad("A quick reply is not valid.");
  }
  return null;
}

function checkButton({ type, title, payload, url }: Fields): boolean {
  if (!within(title, 20)) return false;
  return type === "postback" ? within(payload, 1000) : type === "web_url" && isWebAddress(url);
}

/** A title alone is no card. */
function checkElement(element: Fields): boolean {
  const { title, subtitle, image_url, buttons } = element;
  if (!within(title, 80) || !absentOrWithin(subtitle, 80)) return false;
  if (image_url !== undefined && !isWebAddress(image_url)) return false;
  const shown = items(buttons);
  if (buttons !== undefined && (shown.length < 1 || shown.length > 3)) return false;
  return shown.every(checkButton) && [subtitle, image_url, buttons].some((one) => one !== undefined);
}

function checkTemplate(payload: Fields): GraphError | null {
  if (payload.template_type === "button") {
    const buttons = items(payload.buttons);
    const fits = within(payload.text, 640) && buttons.length >= 1 && buttons.length <= 3 && buttons.every(checkButton);
    return fits ? null : bad("The button template is not valid.");
  }
  if (payload.template_type !== "generic") return bad("Unsupported template type.");
  const elements = items(payload.elements);
  const fits = elements.length >= 1 && elements.length <= 10 && elements.every(checkElement);
  return fits ? null : bad("The generic template is not valid.");
}

function checkAttachment({ type, payload }: Fields): GraphError | null {
  const given = fields(payload);
  if (type === "template") return checkTemplate(given);
  if (!["image", "audio", "video", "file"].includes(String(type))) return bad("Unsupported attachment type.");
  if ((given.url === undefined) === (given.attachment_id === undefined))
    return bad("An attachment has one of url and attachment_id.");
  return given.url === undefined || isWebAddress(given.url) ? null : bad("The attachment's url is not valid.");
}

/** Text and attachment are messages of their own. */
function checkContent(message: Fields, kind: PageKind): GraphError | null {
  const { text, attachment, metadata, quick_replies } = message;
  if ((text === undefined) === (attachment === undefined)) return bad("A message has one of text and attachment.");
  if (!absentOrWithin(metadata, 999)) return bad("Param message[metadata] is too long.");
  const wrong = checkQuickReplies(quick_replies);
  if (wrong) return wrong;
  return text === undefined ? checkAttachment(fields(attachment)) : checkText(text, kind);
}

function checkPurpose(body: Fields, kind: PageKind): GraphError | null {
  const { messaging_type: purpose, tag } = body;
  if (kind === "instagram" && purpose === undefined) return null;
  if (purpose === "MESSAGE_TAG") return tag === "HUMAN_AGENT" ? null : bad("Invalid message tag.");
  return purpose === "RESPONSE" || purpose === "UPDATE" ? null : bad("Param messaging_type is not valid.");
}

/** Refuses what the Send API of pages and Instagram accounts refuses; null lets it pass. */
export function checkPageMessage(body: Fields, kind: PageKind): GraphError | null {
  if (!within(fields(body.recipient).id, 100)) return bad("The parameter recipient is required.");
  if (body.sender_action !== undefined) {
    if (body.message !== undefined) return bad("A sender action cannot be sent with a message.", 2018014);
    const known = ["typing_on", "typing_off", "mark_seen"].includes(String(body.sender_action));
    return known ? null : bad("Unsupported sender action.");
  }
  if (body.message === undefined) return bad("The parameter message is required.");
  if (body.reply_to !== undefined && !within(fields(body.reply_to).mid, 512)) return bad("reply_to.mid is not valid.");
  return checkPurpose(body, kind) ?? checkContent(fields(body.message), kind);
}

/** The addresses that the platform fetches of a message, in order; a picture of two cards once. */
export function pageLinksOf(body: Fields): string[] {
  const { type, payload } = fields(fields(body.message).attachment);
  const given = fields(payload);
  const found = type === "template" ? items(given.elements).map(({ image_url }) => image_url) : [given.url];
  const links = found.filter((url): url is string => typeof url === "string");
  return distinct(links) ? links : [...new Set(links)];
}
