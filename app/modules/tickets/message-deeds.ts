import type { Message } from "~/modules/messaging";
import { messageRights } from "./message-rights";

/** As whom somebody reads a conversation. */
export type MessageReader = {
  /** As its authors are named: the organisation's customer, its member, or an account among others. */
  kind: "contact" | "member" | "account";
  /** Their contact's, member's or account's id; "" for a customer who has not written yet. */
  id: string;
  /** Of the conversation's organisation. */
  admin: boolean;
  /** Whether anything can be written here now. */
  open: boolean;
  /** Whether they say what stands at its head. */
  pins: boolean;
  /** What is public here has gone on to a provider. */
  carried: boolean;
};

/** What a reader does with a message from its menu. */
export type MessageDeed =
  | "reply"
  | "copy"
  | "forward"
  | "star"
  | "pin"
  | "readers"
  | "edit"
  | "report"
  | "hide"
  | "delete";

/** Whether the reader wrote it. A conversation with an organisation has one customer. */
export const isOwn = ({ author }: Pick<Message, "author">, reader: Pick<MessageReader, "kind" | "id">): boolean =>
  author.kind === reader.kind && (reader.kind === "contact" || author.id === reader.id);

/** Those that this reader has with this message, in the menu's order, and whether they may give it an emoji. */
export function messageDeeds(message: Message, reader: MessageReader): { deeds: MessageDeed[]; react: boolean } {
  if (message.deleted_at || message.kind === "system") return { deeds: [], react: false };
  const { kind, open, admin, pins, carried } = reader;
  const own = isOwn(message, reader);
  const id = own && kind === "contact" ? (message.author.id ?? "") : reader.id;
  const rights = messageRights({ message: { ...message, deleted: false }, reader: { kind, id, admin }, pins, carried });
  const given: [MessageDeed, boolean][] = [
    ["reply", open],
    ["copy", message.text !== ""],
    // Notes stay with the team.
    ["forward", message.visibility === "public" && (message.text !== "" || message.attachments.length > 0)],
    ["star", true],
    ["pin", rights.pin && open],
    ["readers", own && kind !== "contact"],
    ["edit", rights.edit && open],
    ["report", !own && kind === "account"],
    ["hide", true],
    ["delete", rights.remove],
  ];
  return {
    deeds: given.flatMap(([deed, may]) => (may ? [deed] : [])),
    react: rights.react && open && reader.id !== "",
  };
}
