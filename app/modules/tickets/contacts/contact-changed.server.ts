import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { ticketsName, topics } from "~/modules/messaging";
import { type Delivery, defineEvent } from "~/platform/events";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

/** A contact is called otherwise; told to the lists in which its tickets stand. */
export const contactChanged = defineEvent({
  name: "contact.changed",
  schema: z.object({
    orgId: z.uuid(),
    contact: z.object({ id: z.uuid(), name: z.string() }),
    areaIds: z.array(z.uuid()),
    memberIds: z.array(z.uuid()),
  }),
  deliver: ({ orgId, contact, areaIds, memberIds }): Delivery[] => {
    const frame = { as: ticketsName(orgId), event: "contact.changed", data: { contact } };
    return [
      ...areaIds.map((id) => ({ ...frame, topic: topics.area(orgId, id) })),
      ...memberIds.map((id) => ({ ...frame, topic: topics.member(orgId, id) })),
    ];
  },
});

/** Says a contact's name to whoever sees one of its tickets. */
export async function tellContact(ctx: Context, row: { id: string; orgId: string; name: string }): Promise<void> {
  const { ticket } = schema;
  const areas = await ctx.tx.selectDistinct({ id: ticket.areaId }).from(ticket).where(eq(ticket.contactId, row.id));
  const members = await ctx.tx
    .selectDistinct({ id: ticket.assigneeId })
    .from(ticket)
    .where(and(eq(ticket.contactId, row.id), isNotNull(ticket.assigneeId)));
  if (areas.length === 0) return;
  ctx.emit(contactChanged, {
    orgId: row.orgId,
    contact: { id: row.id, name: row.name },
    areaIds: areas.map(({ id }) => id),
    memberIds: members.flatMap(({ id }) => id ?? []),
  });
}
