import type { AccountActor } from "~/modules/accounts";
import {
  addToGroup,
  answerJoinRequest,
  createGroupInvite,
  leaveGroup,
  type MadeInvite,
  removeFromGroup,
  renameGroup,
  revokeGroupInvite,
  setGroupPicture,
  setGroupRole,
} from "~/modules/chats/index.server";
import { invalid } from "~/platform/errors";

/** What came of it: a link that was made is told here and never again. */
export type Acted = { left?: true; made?: MadeInvite };

/**
 * What one who takes part does with a group.
 * @throws AppError `invalid`, and those of the verbs
 */
export async function act(actor: AccountActor, conversationId: string, form: FormData): Promise<Acted> {
  const word = (name: string) => String(form.get(name) ?? "");
  const intent = word("intent");
  const person = word("person");
  switch (intent) {
    case "rename":
      await renameGroup(actor, conversationId, word("title"));
      return {};
    case "picture":
      await setGroupPicture(actor, conversationId, word("file") || null);
      return {};
    case "add":
      await addToGroup(actor, conversationId, form.getAll("people").map(String));
      return {};
    case "remove":
      await removeFromGroup(actor, conversationId, person);
      return {};
    case "admin":
    case "member":
    case "owner":
      await setGroupRole(actor, conversationId, person, intent);
      return {};
    case "invite": {
      const days = word("days") === "" ? null : Number(word("days"));
      return { made: await createGroupInvite(actor, conversationId, { days, asks: word("asks") !== "" }) };
    }
    case "revoke":
      await revokeGroupInvite(actor, conversationId, word("link"));
      return {};
    case "accept":
    case "decline":
      await answerJoinRequest(actor, conversationId, { accountId: person, accept: intent === "accept" });
      return {};
    case "leave":
      await leaveGroup(actor, conversationId);
      return { left: true };
    default:
      throw invalid("invalid");
  }
}
