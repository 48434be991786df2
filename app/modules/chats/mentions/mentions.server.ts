import type { Mention } from "~/modules/messaging";
import type { ConversationRow, MessageRow } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { type Participant, peopleOf } from "../load-chat.server";
import { findMentions } from "./find-mentions";

/** Whom of a group a text calls; in a direct chat there is nobody else to call. */
export function mentionsOf(
  chat: Pick<ConversationRow, "kind">,
  people: readonly Participant[],
  text: string,
  ids?: readonly string[],
): Mention[] {
  if (chat.kind !== "group" && chat.kind !== "org_group") return [];
  const callable = people.map(({ accountId: id, name, handle }) => ({ id, name, handle }));
  return findMentions(text, callable, ids);
}

/** What a message carries besides its text, once the text is another one: whom the new one calls. */
export async function payloadAfterEdit(
  tx: Tx,
  chat: ConversationRow,
  row: MessageRow,
  text: string,
): Promise<MessageRow["payload"]> {
  const { mentions: _, ...rest } = row.payload ?? {};
  const isGroup = chat.kind === "group" || chat.kind === "org_group";
  const mentions = isGroup && !rest.forwarded ? mentionsOf(chat, await peopleOf(tx, chat), text) : [];
  const payload = { ...rest, ...(mentions.length > 0 && { mentions }) };
  return Object.keys(payload).length > 0 ? payload : null;
}
