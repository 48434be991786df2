import type { InboundAttachment, InboundContent, JsonObject } from "../inbound-event";
import { bareMime, safeFileName } from "../meta/file-name";
import { cleanJson, idOf, isObject, listOf, objectOf, present, textOf } from "../meta/loose-json";

/** A placeholder stands in the thread for what cannot be shown, with the reason. */
function placeholder(reason: string, fields: JsonObject = {}, text = ""): InboundContent {
  return { kind: "placeholder", text, payload: present({ reason, ...fields }), attachments: [] };
}

const errorsOf = (message: JsonObject) => {
  const errors = listOf(message.errors);
  return errors.length > 0 ? errors : undefined;
};

function unsupported(message: JsonObject, type?: string): InboundContent {
  const inner = textOf(objectOf(message.unsupported).type);
  return placeholder("unsupported", { type: inner ?? type, errors: errorsOf(message) });
}

function text(message: JsonObject): InboundContent {
  const body = textOf(objectOf(message.text).body);
  if (body === undefined) return placeholder("empty", { type: "text", errors: errorsOf(message) });
  return { kind: "text", text: body, payload: {}, attachments: [] };
}

type FileKind = InboundAttachment["kind"];

const media = (type: string, kind: FileKind) => (message: JsonObject) => {
  const file = objectOf(message[type]);
  const providerId = idOf(file.id);
  const caption = textOf(file.caption);
  if (!providerId) return placeholder("media_missing", { type, errors: errorsOf(message) }, caption);
  const voice = kind === "voice" || file.voice === true;
  const actual: FileKind = voice ? "voice" : kind;
  const mime = bareMime(textOf(file.mime_type));
  const attachment: InboundAttachment = {
    kind: actual,
    mime,
    name: safeFileName(textOf(file.filename), actual === "file" ? "document" : actual, mime),
    providerId,
    voice,
    ...present({ url: textOf(file.url), sha256: textOf(file.sha256), caption }),
  };
  const payload = present({ type, animated: file.animated === true ? true : undefined });
  return { kind: "media", text: caption ?? "", payload, attachments: [attachment] } satisfies InboundContent;
};

const coordinate = (value: unknown, most: number): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Math.abs(number) <= most ? number : undefined;
};

function location(message: JsonObject): InboundContent {
  const place = objectOf(message.location);
  const latitude = coordinate(place.latitude, 90);
  const longitude = coordinate(place.longitude, 180);
  const [name, address] = [textOf(place.name), textOf(place.address)];
  const words = [...new Set([name, address])].filter(Boolean).join(", ");
  if (latitude === undefined || longitude === undefined) return placeholder("empty", { type: "location" }, words);
  const payload = present({ latitude, longitude, name, address, url: textOf(place.url) });
  return { kind: "location", text: words, payload, attachments: [] };
}

function nameOf(card: JsonObject): string | undefined {
  const name = objectOf(card.name);
  const parts = [name.first_name, name.middle_name, name.last_name].map(textOf).filter(Boolean).join(" ");
  const phone = objectOf(listOf(card.phones)[0]);
  return textOf(name.formatted_name) ?? (parts || (textOf(phone.phone) ?? textOf(objectOf(card.org).company)));
}

function contacts(message: JsonObject): InboundContent {
  const cards = listOf(message.contacts).filter(isObject).map(objectOf);
  if (cards.length === 0) return placeholder("empty", { type: "contacts", errors: errorsOf(message) });
  const payload = present({ contacts: cards, origin: textOf(message.origin) });
  return { kind: "contact", text: cards.map(nameOf).filter(Boolean).join(", "), payload, attachments: [] };
}

/** A Flow's answers come as JSON inside a text, not always as an object, and may hide there what was cleaned outside. */
function flowAnswers(value: unknown): unknown {
  try {
    return typeof value === "string" ? cleanJson(JSON.parse(value)) : undefined;
  } catch {
    return undefined;
  }
}

function interactive(message: JsonObject): InboundContent {
  const body = objectOf(message.interactive);
  const type = textOf(body.type);
  if (!type) return placeholder("empty", { type: "interactive", errors: errorsOf(message) });
  const detail = objectOf(body[type]);
  if (type === "nfm_reply") {
    const payload = present({
      type,
      name: textOf(detail.name),
      answers: flowAnswers(detail.response_json),
      raw: detail.response_json,
    });
    return { kind: "interactive", text: textOf(detail.body) ?? "", payload, attachments: [] };
  }
  const id = idOf(detail.id);
  const title = textOf(detail.title) ?? "";
  const payload = { ...detail, type };
  return { kind: "interactive", text: title, payload, attachments: [], ...(id ? { choice: { id, title } } : {}) };
}

/** The quick reply of a template. */
function button(message: JsonObject): InboundContent {
  const tapped = objectOf(message.button);
  const title = textOf(tapped.text) ?? textOf(tapped.payload);
  if (title === undefined) return placeholder("empty", { type: "button" });
  const id = textOf(tapped.payload) ?? title;
  return {
    kind: "interactive",
    text: title,
    payload: { type: "button", id, title },
    attachments: [],
    choice: { id, title },
  };
}

function order(message: JsonObject): InboundContent {
  const details = objectOf(message.order);
  const payload = { type: "order", catalog_id: details.catalog_id, product_items: listOf(details.product_items) };
  return { kind: "interactive", text: textOf(details.text) ?? "", payload: present(payload), attachments: [] };
}

const READERS = new Map<string, (message: JsonObject) => InboundContent>([
  ["text", text],
  ["image", media("image", "image")],
  ["video", media("video", "video")],
  ["audio", media("audio", "audio")],
  ["voice", media("voice", "voice")],
  ["document", media("document", "file")],
  ["sticker", media("sticker", "sticker")],
  ["location", location],
  ["contacts", contacts],
  ["interactive", interactive],
  ["button", button],
  ["order", order],
]);

/** What rides on a message of any type: that it was forwarded, or asks about a product. */
function contextOf(message: JsonObject): JsonObject {
  const context = objectOf(message.context);
  const often = context.frequently_forwarded === true;
  const forwarded = often ? "often" : context.forwarded === true ? "once" : undefined;
  return present({
    forwarded,
    referred_product: isObject(context.referred_product) ? context.referred_product : undefined,
  });
}

/**
 * The content of a WhatsApp message, an echo, or the inner message of an edit. Always gives something to show: what is
 * unknown or broken is a placeholder. (Cloud API, "messages webhook reference")
 */
export function parseContent(message: JsonObject): InboundContent {
  const type = textOf(message.type) ?? [...READERS.keys()].find((key) => isObject(message[key]));
  const read = READERS.get(type ?? "");
  const content = read ? read(message) : unsupported(message, type);
  return { ...content, payload: { ...content.payload, ...contextOf(message) } };
}
