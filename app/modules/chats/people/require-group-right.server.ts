import { and, eq, isNull, ne } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { forbidden, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type GroupRights, groupRights, mayEnter } from "../policy";

/** Lets on only who may do this in a group. @throws AppError 404 for who is not in it, 403 for who may not */
export async function requireGroupRight(
  tx: Tx,
  actor: AccountActor,
  conversationId: string,
  right: keyof GroupRights,
): Promise<void> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  const { conversation, participant } = schema;
  const [found] = await tx
    .select({ kind: conversation.kind, orgId: conversation.orgId, role: participant.role })
    .from(conversation)
    .innerJoin(participant, eq(participant.conversationId, conversation.id))
    .where(
      and(
        eq(conversation.id, conversationId),
        ne(conversation.kind, "customer"),
        eq(participant.accountId, actor.accountId),
        isNull(participant.leftAt),
      ),
    );
  if (!found || !mayEnter(actor, found)) throw notFound("conversation");
  if (found.kind === "direct") throw notFound("group");
  if (!groupRights(found.role)[right]) throw forbidden();
}
