import { z } from "zod";
import { conversationName, topics } from "~/modules/messaging";
import { defineEvent } from "~/platform/events";

/** Says nothing to clients: the hub asks anew who may still hear what of the chat. */
export const peopleLeft = defineEvent({
  name: "chat.left",
  schema: z.object({ conversationId: z.uuid() }),
  deliver: ({ conversationId }) => [
    {
      topic: topics.conversationPublic(conversationId),
      as: conversationName(conversationId),
      event: "rights.changed",
      data: {},
    },
  ],
});

/** An account's list of chats is another: one began, asked, ended, or changed its name or its people. */
export const chatsChanged = defineEvent({
  name: "chats.changed",
  schema: z.object({ conversationId: z.uuid(), accountIds: z.array(z.uuid()) }),
  deliver: ({ conversationId, accountIds }) =>
    accountIds.map((accountId) => ({
      topic: topics.account(accountId),
      as: "account",
      event: "chats.changed",
      data: { conversation: conversationId },
    })),
});

/** Says nothing to clients: who may see whether an account is there, and whom it sees, is another question now. */
export const presenceShown = defineEvent({
  name: "chat.presence-shown",
  schema: z.object({ accountId: z.uuid(), conversationIds: z.array(z.uuid()) }),
  deliver: ({ accountId, conversationIds }) =>
    [topics.account(accountId), topics.online(accountId), ...conversationIds.map(topics.conversationPublic)].map(
      (topic) => ({ topic, as: topic, event: "rights.changed", data: {} }),
    ),
});
