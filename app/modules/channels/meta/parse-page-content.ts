import type { InboundAttachment, InboundContent, JsonObject } from "../inbound-event";
import { safeFileName } from "./file-name";
import { idOf, isObject, listOf, objectOf, present, textOf } from "./loose-json";

/** Messenger's own thumb, in its three sizes. */
const LIKES = new Set(["369239263222822", "369239343222814", "369239383222810"]);

const FILES = new Map<string, InboundAttachment["kind"]>([
  ["image", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["file", "file"],
  ["sticker", "sticker"],
]);

/** An address that can be fetched or linked; fixtures hold file paths and relative ones too. */
function webAddress(value: unknown): string | undefined {
  const url = textOf(value);
  return url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

type Parts = { files: InboundAttachment[]; shared: JsonObject[]; words: string[]; place?: JsonObject };

/** A sticker comes as an image, as a sticker, or as both in one message: it is shown once. */
function takeFile(parts: Parts, type: string, payload: JsonObject) {
  const sticker = idOf(payload.sticker_id);
  const kind = sticker ? "sticker" : (FILES.get(type) ?? "file");
  const url = webAddress(payload.url);
  if (parts.files.some((file) => file.url === url && (file.kind === "sticker" || kind === "sticker"))) return;
  if (sticker && LIKES.has(sticker) && !parts.words.includes("👍")) parts.words.push("👍");
  if (!url) return void parts.shared.push({ type });
  const name = safeFileName(textOf(payload.title), kind, null);
  parts.files.push({ kind, mime: null, name, url, voice: false });
}

function takeAttachment(parts: Parts, attachment: JsonObject) {
  const type = textOf(attachment.type) ?? "unknown";
  const payload = objectOf(attachment.payload);
  const { lat, long } = objectOf(payload.coordinates);
  if (type === "like_heart") return void parts.words.push("❤️");
  if (type === "location" && typeof lat === "number" && typeof long === "number") {
    parts.place = { latitude: lat, longitude: long };
    return;
  }
  if (FILES.has(type)) return takeFile(parts, type, payload);
  const title = textOf(attachment.title) ?? textOf(payload.title);
  const url = webAddress(payload.url) ?? webAddress(attachment.url);
  const product = isObject(payload.product) ? payload.product : undefined;
  parts.shared.push(present({ type, title, url, product }));
}

function payloadOf(message: JsonObject, parts: Parts): JsonObject {
  const story = objectOf(objectOf(message.reply_to).story);
  return present({
    ...parts.place,
    shared: parts.shared.length > 0 ? parts.shared : undefined,
    story: Object.keys(story).length > 0 ? present({ id: idOf(story.id), url: webAddress(story.url) }) : undefined,
  });
}

/**
 * The content of a message on a page or an Instagram account. What was shared (reels, stories, products, links) stays a
 * reference in `payload.shared` and is never stored as a file: the platform's terms forbid it for stories.
 */
export function parsePageContent(message: JsonObject): InboundContent {
  const parts: Parts = { files: [], shared: [], words: [] };
  for (const attachment of listOf(message.attachments)) takeAttachment(parts, objectOf(attachment));
  const written = textOf(message.text);
  const text = written ?? parts.words.join(" ");
  const payload = payloadOf(message, parts);
  const choiceId = textOf(objectOf(message.quick_reply).payload);
  if (parts.files.length > 0) return { kind: "media", text, payload, attachments: parts.files };
  if (parts.place) return { kind: "location", text, payload, attachments: [] };
  if (written && choiceId) {
    return { kind: "interactive", text, payload, attachments: [], choice: { id: choiceId, title: written } };
  }
  if (text !== "") return { kind: "text", text, payload, attachments: [] };
  const reason = message.is_unsupported === true ? "unsupported" : (textOf(parts.shared[0]?.type) ?? "empty");
  return { kind: "placeholder", text, payload: { reason, ...payload }, attachments: [] };
}
