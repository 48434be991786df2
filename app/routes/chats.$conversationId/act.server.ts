import { redirect } from "@remix-run/node";
import type { AccountActor } from "~/modules/accounts";
import { answerRequest, blockAccount, getChat, setChatPreferences } from "~/modules/chats/index.server";
import { invalid, notFound } from "~/platform/errors";

/** Far enough: until the reader wants to hear of it again. */
const FOREVER = new Date("9999-01-01T00:00:00Z");

const PREFERENCES = {
  pin: { pinned: true },
  unpin: { pinned: false },
  mute: { mutedUntil: FOREVER },
  unmute: { mutedUntil: null },
  archive: { archived: true },
  unarchive: { archived: false },
} as const;

const isPreference = (intent: string): intent is keyof typeof PREFERENCES => Object.hasOwn(PREFERENCES, intent);

/** What the reader of a chat does with it. @throws AppError `invalid`, and those of the verbs */
export async function act(actor: AccountActor, conversationId: string, intent: string): Promise<Response | null> {
  if (isPreference(intent)) {
    await setChatPreferences(actor, conversationId, PREFERENCES[intent]);
    return null;
  }
  switch (intent) {
    case "accept":
      await answerRequest(actor, conversationId, true);
      return null;
    case "decline":
      await answerRequest(actor, conversationId, false);
      return redirect("/chats");
    case "block":
    case "unblock": {
      const { other } = await getChat(actor, conversationId);
      if (!other) throw notFound("account");
      await blockAccount(actor, other.id, intent === "block");
      return null;
    }
    default:
      throw invalid("invalid");
  }
}
