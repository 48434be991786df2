import type { Address } from "../address";
import type { JsonObject } from "../inbound-event";
import type { OutboundContent, OutboundMessage } from "../outbound-message";
import { phoneVariants } from "../phone";

/** How a message is addressed: a number with `+`, without which Meta would put the business's country in front, or a BSUID. */
export type Target = { to: string } | { recipient: string };

/** The best address that WhatsApp can reach: its own id for the user, then a telephone, then the business-scoped id. */
export function targetOf(addresses: readonly Address[]): Target | null {
  const byKind = (kind: Address["kind"]) => addresses.find((address) => address.kind === kind)?.key;
  const waId = byKind("wa_id");
  if (waId && /^\d{4,20}$/.test(waId)) return { to: `+${waId}` };
  const phone = byKind("phone");
  const dialled = phone ? phoneVariants(phone)[0] : undefined;
  if (dialled && /^\+\d{7,15}$/.test(dialled)) return { to: dialled };
  const bsuid = byKind("bsuid");
  return bsuid ? { recipient: bsuid } : null;
}

type Of<T extends OutboundContent["type"]> = Extract<OutboundContent, { type: T }>;

const footerOf = (footer: string | undefined) => (footer ? { footer: { text: footer } } : {});

const headerOf = (picture: string | undefined) =>
  picture ? { header: { type: "image", image: { link: picture } } } : {};

/** Sound takes no words, and a file alone has a name. */
function mediaBody({ media, url, caption, name }: Of<"media">): JsonObject {
  const type = media === "file" ? "document" : media;
  const words = caption && media !== "audio" ? { caption } : {};
  return { type, [type]: { link: url, ...words, ...(name && media === "file" ? { filename: name } : {}) } };
}

const BODIES: { [T in OutboundContent["type"]]: (content: Of<T>) => JsonObject } = {
  text: ({ text }) => ({ type: "text", text: { body: text, preview_url: true } }),
  media: mediaBody,
  // It has no cards: `plan` has made something else of every one.
  card: ({ choice }) => bodyOf(choice),
  buttons: ({ text, footer, picture, buttons }) => ({
    type: "interactive",
    interactive: {
      type: "button",
      ...headerOf(picture),
      body: { text },
      ...footerOf(footer),
      action: { buttons: buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } })) },
    },
  }),
  list: ({ text, footer, button, sections }) => ({
    type: "interactive",
    interactive: {
      type: "list",
      body: { text },
      ...footerOf(footer),
      action: {
        button,
        sections: sections.map(({ title, rows }) => ({
          ...(title ? { title } : {}),
          rows: rows.map(({ id, title: name, description }) => ({
            id,
            title: name,
            ...(description ? { description } : {}),
          })),
        })),
      },
    },
  }),
};

const bodyOf = <T extends OutboundContent["type"]>(content: Of<T>): JsonObject => BODIES[content.type as T](content);

/** The body of `POST /{phone-number-id}/messages`. Our message's id goes along and comes back with every status. */
export function requestBody(message: OutboundMessage, target: Target): JsonObject {
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...target,
    ...bodyOf(message.content),
    ...(message.replyToExternalId ? { context: { message_id: message.replyToExternalId } } : {}),
    biz_opaque_callback_data: message.id,
  };
}
