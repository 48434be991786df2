import { desc, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { isCustomer } from "../desk/send-message.server";
import { ticketRights } from "../policy";

/** The most conversations that one question is answered for. */
const MOST = 500;

/**
 * Where the conversations stand that the actor may read, each in the actor's own count: the policy of
 * `accessConversation` for many at once. What does not exist and what is not theirs are left out alike. One query.
 */
export async function listHeads(actor: Actor, conversationIds: readonly string[]): Promise<Record<string, number>> {
  const asked = conversationIds.filter(isUuid).slice(0, MOST);
  if (asked.length === 0 || actor.kind === "system") return {};
  const heads: Record<string, number> = {};
  for (const row of await standings(asked)) {
    const rev = headFor(actor, row);
    if (rev !== null) heads[row.id] = rev;
  }
  return heads;
}

type Standing = Awaited<ReturnType<typeof standings>>[number];

function headFor(actor: Actor, row: Standing): number | null {
  if (isCustomer(actor, row, row.id)) return row.publicRev;
  const membership = membershipIn(actor, row.orgId);
  if (!membership || !allows(actor, "messages:read")) return null;
  // As there: without a ticket only admins look.
  const sees =
    row.ticket && row.area ? ticketRights(membership, row.ticket, row.area).see : membership.role === "admin";
  return sees ? row.rev : null;
}

/** The answer never reaches who may not read it: `headFor` decides by row. */
function standings(ids: readonly string[]) {
  const { conversation, identity, ticket, area } = schema;
  return asSystem("heads of the conversations of a reader who comes back", (tx) => {
    const newest = tx
      .select({ id: ticket.id })
      .from(ticket)
      .where(eq(ticket.conversationId, conversation.id))
      .orderBy(desc(ticket.openedAt), desc(ticket.id))
      .limit(1);
    return tx
      .select({
        id: conversation.id,
        orgId: conversation.orgId,
        kind: conversation.kind,
        customerAccountId: identity.accountId,
        rev: conversation.rev,
        publicRev: conversation.publicRev,
        ticket: { state: ticket.state, assigneeId: ticket.assigneeId },
        area: { id: area.id, visibility: area.visibility, replyMode: area.replyMode },
      })
      .from(conversation)
      .leftJoin(identity, eq(identity.id, conversation.identityId))
      .leftJoin(ticket, eq(ticket.id, sql`(${newest})`))
      .leftJoin(area, eq(area.id, ticket.areaId))
      .where(sql`${conversation.id} = any(${sql.param(ids)}::uuid[])`);
  });
}
