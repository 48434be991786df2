import { and, eq, isNull, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { insertGroup } from "~/modules/chats/index.server";
import type { Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { requireMembership, rightsOf } from "../desk/load-for-member.server";
import { organisationOfTicket } from "../reading/locate.server";

/** The most colleagues whom one side thread begins with. */
const MOST_ASKED = 20;

/**
 * Opens a conversation with colleagues about a ticket, named after its number: a group of the organisation, of which the
 * customer never hears and which lets nobody read the ticket. With `onceId` a repeat opens no second one.
 * @returns the conversation's id
 * @throws AppError 404 without sight of the ticket, `colleagues_unknown` (422) for none, more than 20, or who is no member
 */
export async function openSideThread(
  actor: Actor,
  ticketId: string,
  memberIds: readonly string[],
  onceId?: string,
): Promise<string> {
  const orgId = await organisationOfTicket(ticketId);
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:write", "ticket");
  return transactAsSystem(account, "open a side thread of a ticket", async (ctx) => {
    const { ticket, ticketThread } = schema;
    const [row] = await ctx.tx
      .select()
      .from(ticket)
      .where(and(eq(ticket.id, ticketId), eq(ticket.orgId, orgId)))
      .for("share");
    if (!row || !(await rightsOf(ctx.tx, membership, row)).rights.note) throw notFound("ticket");
    if (onceId) {
      const same = and(eq(ticketThread.ticketId, ticketId), eq(ticketThread.conversationId, onceId));
      if ((await ctx.tx.select().from(ticketThread).where(same)).length > 0) return onceId;
    }
    const accountIds = await accountsOf(ctx.tx, orgId, memberIds);
    const conversationId = await insertGroup(ctx, account, { id: onceId, title: `#${row.number}`, accountIds, orgId });
    await ctx.tx.insert(ticketThread).values({ orgId, ticketId, conversationId, createdAt: ctx.now });
    return conversationId;
  });
}

async function accountsOf(tx: Tx, orgId: string, memberIds: readonly string[]): Promise<string[]> {
  const asked = [...new Set(memberIds)];
  const { member } = schema;
  const fits = asked.length > 0 && asked.length <= MOST_ASKED && asked.every(isUuid);
  const rows = fits
    ? await tx
        .select({ accountId: member.accountId })
        .from(member)
        .where(
          and(eq(member.orgId, orgId), isNull(member.removedAt), sql`${member.id} = any(${sql.param(asked)}::uuid[])`),
        )
    : [];
  if (rows.length !== asked.length || rows.length === 0) throw invalid("colleagues_unknown");
  return rows.map(({ accountId }) => accountId);
}
