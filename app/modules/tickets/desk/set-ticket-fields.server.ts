import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { type CustomField, withFieldValues } from "~/modules/contacts";
import { readFields } from "~/modules/contacts/index.server";
import { inScope } from "~/platform/db.server";
import { conflict, forbidden, invalid, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { organisationOfTicket } from "../reading/locate.server";
import { changeTicket, ticketVerb } from "../ticket-context.server";
import { lockTicket, requireMembership, rightsOf, whoIs } from "./load-for-member.server";

export type TicketFields = { fields: CustomField[]; values: Record<string, unknown>; change: boolean };

/**
 * Sets values of the organisation's own fields on a ticket; null or an empty text takes one away, what is not named stays.
 * @throws AppError 404 without sight, 403 without the right to manage it, `ticket_closed` (409), `field_value_invalid` (422)
 *   with `data.field`
 */
export async function setTicketFields(
  actor: Actor,
  ticketId: string,
  given: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const orgId = await organisationOfTicket(ticketId);
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:write", "ticket");
  return ticketVerb(actor, { orgId }, async (ctx) => {
    const { ticket, conversation, rights } = await lockTicket(ctx, membership, ticketId);
    if (ticket.state === "closed") throw conflict("ticket_closed");
    if (!rights.manage) throw forbidden();
    const fields = await readFields(ctx, { orgId, subject: "ticket" });
    const read = withFieldValues(fields, ticket.fields, given);
    if ("wrong" in read) throw invalid("field_value_invalid", { field: `fields.${read.wrong}` });
    const changed = Object.keys(given).filter((key) => ticket.fields[key] !== read.values[key]);
    if (changed.length === 0) return ticket.fields;
    const only = (values: Record<string, unknown>) => ({
      fields: Object.fromEntries(changed.map((key) => [key, values[key] ?? null])),
    });
    await changeTicket(
      ctx,
      conversation,
      ticket,
      { fields: read.values },
      {
        kind: "changed",
        by: whoIs(account, membership),
        before: only(ticket.fields),
        after: only(read.values),
      },
    );
    return read.values;
  });
}

/** The organisation's fields of tickets with the values of one, for whoever sees it. @throws AppError 404 */
export async function getTicketFields(actor: Actor, ticketId: string): Promise<TicketFields> {
  const orgId = await organisationOfTicket(ticketId);
  const { membership } = requireMembership(actor, orgId, "tickets:read", "ticket");
  return inScope({ orgId }, async (tx) => {
    const [row] = await tx.select().from(schema.ticket).where(eq(schema.ticket.id, ticketId));
    if (!row) throw notFound("ticket");
    const { rights } = await rightsOf(tx, membership, row);
    if (!rights.see) throw notFound("ticket");
    return {
      fields: await readFields({ tx }, { orgId, subject: "ticket" }),
      values: row.fields,
      change: rights.manage,
    };
  });
}
