import type { Actor } from "~/modules/accounts";
import { topics } from "~/modules/messaging";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { seesArea } from "../policy";
import { accessConversation } from "./conversation-access.server";
import { currentCursor } from "./feed.server";

const CONVERSATION = /^conversation:([0-9a-f-]{36})$/;
const TICKETS = /^organisation:([0-9a-f-]{36}):tickets$/;

export type Joined = { topics: string[]; rev: number | string };

/**
 * The server's topics behind the name that a reader asked for, by the same policy as reading the page.
 * @throws AppError 404 for names that do not exist or are not the reader's
 */
export async function joinTopic(actor: Actor, name: string): Promise<Joined> {
  const conversationId = CONVERSATION.exec(name)?.[1];
  if (conversationId) {
    const { audience, conversation } = await accessConversation(actor, conversationId, inScope);
    return audience === "staff"
      ? { topics: [topics.conversationStaff(conversationId)], rev: conversation.rev }
      : { topics: [topics.conversationPublic(conversationId)], rev: conversation.publicRev };
  }
  const orgId = TICKETS.exec(name)?.[1];
  if (!orgId) throw notFound("topic");
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    const areas = await tx.select().from(schema.area);
    const seen = areas.filter((area) => seesArea(membership, area));
    return {
      topics: [...seen.map((area) => topics.area(orgId, area.id)), topics.member(orgId, membership.memberId)],
      rev: await currentCursor(tx),
    };
  });
}
