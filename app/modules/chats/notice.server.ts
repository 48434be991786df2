import { appendMessage } from "~/modules/messaging/index.server";
import type { Context } from "~/platform/transact.server";
import type { NoticeWhat } from "~db/schema/messaging";
import type { Chat } from "./load-chat.server";

/** A line in the chat that says what happened to it: kept as facts, for each reader's own language. */
export async function addNotice(
  ctx: Context,
  { conversation, me }: Pick<Chat, "conversation" | "me">,
  what: NoticeWhat,
  about: readonly string[] = [],
): Promise<void> {
  await appendMessage(ctx, conversation, {
    author: { kind: "system", id: null, name: "" },
    kind: "system",
    text: "",
    payload: { notice: { what, by: me.name, about } },
    visibility: "public",
  });
}
