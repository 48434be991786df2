import type { ActionFunctionArgs } from "@remix-run/node";
import { expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { answerRequest, openDirectChat } from "~/modules/chats/index.server";
import { listConversationMessages } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { action } from "../../../app/routes/conversations.$id.messages/route";
import { openSession } from "../../support/accounts/people";
import { makeAccount, withProduct } from "../../support/world";

withProduct();

it("what waited in a browser as one account's is not taken from another that signed in there (TL5)", async () => {
  const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
  const id = await openDirectChat(ana, beto.accountId);
  await answerRequest(beto, id, true).catch(() => {});
  const { cookie } = await openSession(beto.accountId);
  const send = (as?: string) => {
    const body = JSON.stringify({ client_id: newId(), text: "en nombre de quién", as });
    const headers = { cookie, "content-type": "application/json" };
    const request = new Request(`http://guazu.test/conversations/${id}/messages`, { method: "POST", headers, body });
    return action({ request, params: { id }, context: { peer: "127.0.0.1" } } as unknown as ActionFunctionArgs);
  };
  await expect(send(ana.accountId)).rejects.toMatchObject({ status: 401 });
  expect((await listConversationMessages(beto, id, { limit: 10 })).messages).toEqual([]);
  expect((await send(beto.accountId)).status).toBe(200);
  expect((await send()).status).toBe(200);
});
