import type { AuthorKind, MessageKind, Visibility } from "~db/schema/messaging";

/** What one reader may do with one message that they see. */
export type MessageRights = { edit: boolean; remove: boolean; react: boolean; pin: boolean };

export type RightsInput = {
  message: {
    author: { kind: AuthorKind; id: string | null };
    kind: MessageKind;
    visibility: Visibility;
    deleted: boolean;
  };
  /** As whom the reader would write here: their contact, member or account. */
  reader: { kind: "contact" | "member" | "account"; id: string; admin: boolean };
  /** Whether they may say what stands at the conversation's head. */
  pins: boolean;
  /** A provider has carried it away: what is on the customer's phone cannot be changed from here. */
  carried: boolean;
};

/** Own words may be changed and taken back; an admin takes back what the organisation said. */
export function messageRights({ message, reader, pins, carried }: RightsInput): MessageRights {
  if (message.deleted) return { edit: false, remove: false, react: false, pin: false };
  const own = message.author.kind === reader.kind && message.author.id === reader.id;
  const ours = message.author.kind === "member" || message.author.kind === "bot";
  const reachable = !carried || message.visibility === "staff";
  return {
    edit: own && reachable && message.kind === "text",
    remove: (own || (reader.admin && ours)) && reachable,
    react: message.kind !== "system",
    pin: pins && message.kind !== "system",
  };
}

const EMOJI_LENGTH = 32;
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/** Whether a text is one emoji, as Unicode recommends them for interchange (UTS 51). */
export const isEmoji = (text: string): boolean => text.length <= EMOJI_LENGTH && ONE_EMOJI.test(text);
