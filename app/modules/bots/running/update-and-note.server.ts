import { eq } from "drizzle-orm";
import { applyPatch, type ContactPatch, retaggedWith } from "~/modules/contacts";
import { readFields } from "~/modules/contacts/index.server";
import { changeTicket, type TicketContext, tellContact, writeBotNote } from "~/modules/tickets/index.server";
import { AppError } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { NoteEffect, UpdateEffect } from "../engine/run";
import { areaMembers, findArea, type RunDesk } from "./run-desk.server";

type ContactRow = RunDesk["contact"];
type Values = Partial<typeof schema.contact.$inferInsert>;

/** Changes the contact and the ticket as a node says. What does not fit (no telephone, no choice of a field) is left. */
export async function update(ctx: TicketContext, desk: RunDesk, effect: UpdateEffect): Promise<void> {
  await updateContact(ctx, desk, effect);
  await updateTicket(ctx, desk, effect);
}

/** One value by itself, so that one that does not fit keeps no other from being taken. */
function taken(row: ContactRow, patch: ContactPatch, around: Parameters<typeof applyPatch>[2]): Values {
  try {
    return applyPatch(row, patch, around);
  } catch (error) {
    if (error instanceof AppError && error.status === 422) return {};
    throw error;
  }
}

async function updateContact(ctx: TicketContext, desk: RunDesk, effect: UpdateEffect): Promise<void> {
  const { orgId } = desk.run;
  const given = Object.entries(effect.contact);
  const { add, remove } = effect.contactTags;
  if (given.length + add.length + remove.length === 0) return;
  const { contact } = schema;
  const [row] = await ctx.tx.select().from(contact).where(eq(contact.id, desk.contact.id)).for("update");
  if (!row) throw new Error(`contact ${desk.contact.id} is out of scope`);
  const fields = await readFields(ctx, { orgId, subject: "contact" });
  const around = { region: desk.org.region, fields };
  const next: ContactRow = { ...row };
  for (const [field, value] of given) Object.assign(next, placed(next, field, value, around));
  const tags = retaggedWith(next.tags, { add, remove });
  const { name, phone, phoneKey, email, variables } = next;
  const named = name !== row.name ? { named: true, nameEdited: true } : {};
  const values = { ...{ name, phone, phoneKey, email, variables, tags, fields: next.fields }, ...named };
  const [changed] = await ctx.tx.update(contact).set(values).where(eq(contact.id, row.id)).returning();
  if (changed && changed.name !== row.name) await tellContact(ctx, changed);
}

/** Where a field's value is kept: with the contact, in a field of the organisation's, or among the bots' own. */
function placed(row: ContactRow, field: string, value: string, around: Parameters<typeof applyPatch>[2]): Values {
  if (field === "name" || field === "email" || field === "phone") return taken(row, { [field]: value }, around);
  if (around.fields.some(({ key, archived }) => key === field && !archived))
    return taken(row, { fields: { [field]: value } }, around);
  const { [field]: _, ...others } = row.variables;
  return { variables: value === "" ? others : { ...others, [field]: value } };
}

async function updateTicket(ctx: TicketContext, desk: RunDesk, effect: UpdateEffect): Promise<void> {
  const ticket = ctx.touched.get(desk.ticket.id)?.row ?? desk.ticket;
  const areaId = (await findArea(ctx, effect.area)) ?? ticket.areaId;
  const tags = retaggedWith(ticket.tags, effect.tags);
  const next = { areaId, priority: effect.priority ?? ticket.priority, tags };
  const moved = areaId !== ticket.areaId;
  if (!moved && next.priority === ticket.priority && tags.join("\n") === ticket.tags.join("\n")) return;
  const told = ({ areaId: area_id, priority, tags: all }: typeof next) => ({ area_id, priority, tags: all });
  await changeTicket(ctx, desk.conversation, ticket, next, {
    kind: "changed",
    by: { kind: "bot", id: desk.run.id, name: desk.org.name },
    before: told(ticket),
    after: told(next),
  });
}

/** Writes a note for colleagues; who is named, or works in the area, is told of it. */
export async function writeNote(ctx: TicketContext, desk: RunDesk, effect: NoteEffect): Promise<void> {
  const areaId = await findArea(ctx, effect.area);
  const memberIds = [...effect.members, ...(areaId ? await areaMembers(ctx, areaId) : [])];
  const ticket = ctx.touched.get(desk.ticket.id)?.row ?? desk.ticket;
  const by = { kind: "bot", id: desk.run.id, name: desk.org.name } as const;
  await writeBotNote(ctx, desk.conversation, ticket, { by, text: effect.text, memberIds });
}
