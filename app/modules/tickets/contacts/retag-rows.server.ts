import { and, arrayContains, asc, eq, gt } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { type Retagging, retag, retagged } from "~/modules/contacts";
import { lockConversation } from "~/modules/messaging/index.server";
import { defineJob } from "~/platform/jobs/index.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { changeTicket, ticketVerb } from "../ticket-context.server";

const AT_ONCE = 200;
/** A conversation stays locked until its transaction ends, and its customer waits so long. */
const TICKETS_AT_ONCE = 20;
const { contact, ticket } = schema;

/** Gives what carries a tag its other name, so many rows a transaction; what was done stays done when it runs again. */
export const retagRows = defineJob({
  ...retag,
  async run(payload: Retagging, { signal }) {
    let after = NOWHERE;
    while (after && !signal.aborted) after = await retagContacts(payload, after);
    let ticketAfter = NOWHERE;
    while (ticketAfter && !signal.aborted) ticketAfter = await retagTickets(payload, ticketAfter);
    signal.throwIfAborted();
  },
});

const NOWHERE = "00000000-0000-0000-0000-000000000000";

/** @returns the id after which to go on, "" at the end */
function retagContacts({ orgId, from, to }: Retagging, after: string): Promise<string> {
  return transact(SYSTEM, { orgId }, async ({ tx }) => {
    const rows = await tx
      .select({ id: contact.id, tags: contact.tags })
      .from(contact)
      .where(and(eq(contact.orgId, orgId), gt(contact.id, after), arrayContains(contact.tags, [from])))
      .orderBy(asc(contact.id))
      .limit(AT_ONCE)
      .for("no key update");
    for (const { id, tags } of rows) {
      await tx
        .update(contact)
        .set({ tags: retagged(tags, from, to) })
        .where(eq(contact.id, id));
    }
    return rows.length === AT_ONCE ? (rows.at(-1)?.id ?? "") : "";
  });
}

async function retagTickets({ orgId, from, to, by }: Retagging, after: string): Promise<string> {
  return ticketVerb(SYSTEM, { orgId }, async (ctx) => {
    const found = await ctx.tx
      .select({ id: ticket.id, conversationId: ticket.conversationId })
      .from(ticket)
      .where(and(eq(ticket.orgId, orgId), gt(ticket.id, after), arrayContains(ticket.tags, [from])))
      .orderBy(asc(ticket.id))
      .limit(TICKETS_AT_ONCE);
    // In one order with whoever else locks several.
    for (const { id, conversationId } of found.toSorted((a, b) => a.conversationId.localeCompare(b.conversationId))) {
      const conversation = await lockConversation(ctx, conversationId);
      const [row] = await ctx.tx.select().from(ticket).where(eq(ticket.id, id));
      if (!conversation || !row?.tags.includes(from)) continue;
      const tags = retagged(row.tags, from, to);
      const who = { kind: "member", ...by } as const;
      const event = { kind: "changed", by: who, before: { tags: row.tags }, after: { tags } } as const;
      await changeTicket(ctx, conversation, row, { tags }, event);
    }
    return found.length === TICKETS_AT_ONCE ? (found.at(-1)?.id ?? "") : "";
  });
}
