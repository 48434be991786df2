import type { AccountActor } from "~/modules/accounts";
import { answerRequest, createGroup, listChats, openDirectChat } from "~/modules/chats/index.server";
import type { MessageRow } from "~/modules/messaging/index.server";
import { sendMessage } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { makeAccount } from "../world";

/** A message to a chat. */
export const says = async (
  actor: AccountActor,
  conversationId: string,
  text: string,
  more: { clientId?: string; mentions?: string[]; attachments?: string[] } = {},
): Promise<MessageRow> =>
  (await sendMessage(actor, { conversationId, clientId: newId(), text, visibility: "public", ...more })).row;

/** Two people with a direct chat that both accepted, in which nothing counts as unread. */
export async function makeDirect(one = "Ana", other = "Beto") {
  const [ana, beto] = [await makeAccount(one), await makeAccount(other)];
  const id = await openDirectChat(ana, beto.accountId);
  await says(ana, id, "hola");
  await answerRequest(beto, id, true);
  return { ana, beto, id };
}

/** A group of Ana, its owner, with Beto and Caro. */
export async function makeGroup() {
  const { ana, beto, id: direct } = await makeDirect();
  const caro = await makeAccount("Caro");
  const second = await openDirectChat(ana, caro.accountId);
  await says(ana, second, "hola");
  await answerRequest(caro, second, true);
  const id = await createGroup(ana, { title: "Asado", accountIds: [beto.accountId, caro.accountId] });
  return { ana, beto, caro, id, direct };
}

export const chatOf = async (actor: AccountActor, id: string) =>
  (await listChats(actor)).find((chat) => chat.id === id);
