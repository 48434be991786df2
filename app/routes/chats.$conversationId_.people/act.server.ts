import type { AccountActor } from "~/modules/accounts";
import { addToGroup, leaveGroup, removeFromGroup, renameGroup, setGroupRole } from "~/modules/chats/index.server";
import { invalid } from "~/platform/errors";

/**
 * What one who takes part does with a group. Answers whether they have left it.
 * @throws AppError `invalid`, and those of the verbs
 */
export async function act(actor: AccountActor, conversationId: string, form: FormData): Promise<boolean> {
  const word = (name: string) => String(form.get(name) ?? "");
  const person = word("person");
  switch (word("intent")) {
    case "rename":
      await renameGroup(actor, conversationId, word("title"));
      return false;
    case "add":
      await addToGroup(actor, conversationId, form.getAll("people").map(String));
      return false;
    case "remove":
      await removeFromGroup(actor, conversationId, person);
      return false;
    case "admin":
    case "member":
    case "owner":
      await setGroupRole(actor, conversationId, person, word("intent") as "admin" | "member" | "owner");
      return false;
    case "leave":
      await leaveGroup(actor, conversationId);
      return true;
    default:
      throw invalid("invalid");
  }
}
