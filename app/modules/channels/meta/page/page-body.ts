import type { Address } from "../../address";
import type { JsonObject } from "../../inbound-event";
import type { OutboundContent, OutboundMessage } from "../../outbound-message";

type Of<T extends OutboundContent["type"]> = Extract<OutboundContent, { type: T }>;

const postback = ({ id, title }: { id: string; title: string }) => ({ type: "postback", title, payload: id });

/** A card as the generic template has it. */
function template({ picture, title, text, buttons }: Of<"card">): JsonObject {
  const element = {
    title,
    ...(text ? { subtitle: text } : {}),
    ...(picture ? { image_url: picture } : {}),
    ...(buttons.length > 0 ? { buttons: buttons.map(postback) } : {}),
  };
  return { attachment: { type: "template", payload: { template_type: "generic", elements: [element] } } };
}

/** What `plan` leaves of a content, in a page's words; a list has become quick replies or text by then. */
function bodyOf(content: OutboundContent): JsonObject {
  switch (content.type) {
    case "text":
    case "list":
      return { text: content.text };
    case "buttons":
      return {
        text: content.text,
        quick_replies: content.buttons.map(({ id, title }) => ({ content_type: "text", title, payload: id })),
      };
    case "media":
      return { attachment: { type: content.media, payload: { url: content.url } } };
    case "card":
      return template(content);
  }
}

/** The person as the page knows them; null when none of these addresses is of this channel. */
export const recipientOf = (addresses: readonly Address[], kind: "psid" | "igsid"): string | null =>
  addresses.find((address) => address.kind === kind)?.key ?? null;

/**
 * The body of `POST /{page}/messages`, within the 24 hours after the customer wrote. Messenger takes our message's id along
 * and echoes it; Instagram has no such field.
 */
export function pageBody(message: OutboundMessage, recipient: string, kind: "psid" | "igsid"): JsonObject {
  const mark = kind === "psid" ? { metadata: message.id } : {};
  return {
    recipient: { id: recipient },
    ...(kind === "psid" ? { messaging_type: "RESPONSE" } : {}),
    message: { ...bodyOf(message.content), ...mark },
    ...(message.replyToExternalId ? { reply_to: { mid: message.replyToExternalId } } : {}),
  };
}
