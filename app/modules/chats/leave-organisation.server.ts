import { and, eq, isNull } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { lockConversation } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged, peopleLeft } from "./events";
import { peopleOf } from "./load-chat.server";
import { addNotice } from "./notice.server";
import { setParticipant } from "./set-participant.server";

/**
 * Who leaves an organisation leaves its groups too. A group of theirs goes to its longest admin, else to who has been in
 * it longest. (That they see nothing more of it does not wait for this: see `mayEnter`.)
 */
export async function leaveOrganisationGroups(orgId: string, accountId: string): Promise<void> {
  const { participant } = schema;
  const groups = await asSystem("the groups of who left an organisation", (tx) =>
    tx
      .select({ id: participant.conversationId })
      .from(participant)
      .where(and(eq(participant.orgId, orgId), eq(participant.accountId, accountId), isNull(participant.leftAt))),
  );
  for (const { id } of groups) await leaveOne(id, accountId);
}

async function leaveOne(conversationId: string, accountId: string): Promise<void> {
  await transactAsSystem(SYSTEM, "who left an organisation leaves a group", async (ctx) => {
    const conversation = await lockConversation(ctx, conversationId);
    if (conversation?.kind !== "org_group") return;
    const people = await peopleOf(ctx.tx, conversation);
    const me = people.find((one) => one.accountId === accountId);
    if (!me) return;
    const others = people.filter((one) => one !== me);
    const heir = others.find(({ role }) => role === "admin") ?? others[0];
    await addNotice(ctx, { conversation, me }, "left");
    await setParticipant(ctx, conversationId, accountId, { leftAt: ctx.now, role: "member" });
    if (me.role === "owner" && heir) await setParticipant(ctx, conversationId, heir.accountId, { role: "owner" });
    ctx.emit(peopleLeft, { conversationId });
    ctx.emit(chatsChanged, { conversationId, accountIds: people.map((one) => one.accountId) });
  });
}
