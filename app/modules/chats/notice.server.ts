import { appendMessage, type ConversationRow, type MessageRow } from "~/modules/messaging/index.server";
import type { Context } from "~/platform/transact.server";
import type { NoticeWhat } from "~db/schema/messaging";

/** A line of more names says how many there are besides. */
const NAMED = 10;

const shortened = (names: readonly string[]) =>
  names.length > NAMED ? [...names.slice(0, NAMED), `+${names.length - NAMED}`] : names;

/** A line in the chat that says what happened to it: kept as facts, for each reader's own language. */
export async function addNotice(
  ctx: Context,
  { conversation, me }: { conversation: ConversationRow; me: { name: string } },
  what: NoticeWhat,
  about: readonly string[] = [],
): Promise<MessageRow> {
  const { row } = await appendMessage(ctx, conversation, {
    author: { kind: "system", id: null, name: "" },
    kind: "system",
    text: "",
    payload: { notice: { what, by: me.name, about: shortened(about) } },
    visibility: "public",
  });
  return row;
}
