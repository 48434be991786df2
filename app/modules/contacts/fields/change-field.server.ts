import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit, recordChange } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { moveInOrder } from "~/platform/order/move-in-order.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { requireContactsAdmin } from "../require-admin.server";
import { labelOf, optionsOf } from "./create-field.server";
import type { CustomField } from "./field-values";
import { type FieldRow, readFields, toField } from "./list-fields.server";

const { customField } = schema;

type Named = { orgId: string; fieldId: string };

async function lockField(ctx: Context, { orgId, fieldId }: Named): Promise<FieldRow> {
  const mine = and(eq(customField.orgId, orgId), eq(customField.id, fieldId));
  const [row] = isUuid(fieldId) ? await ctx.tx.select().from(customField).where(mine).for("update") : [];
  if (!row) throw notFound("field");
  return row;
}

/**
 * Renames a field, or changes what may be chosen; its key and kind stay, for values are kept by them.
 * @throws AppError like `createField`; `not_found`
 */
export async function changeField(
  ctx: Context<Actor>,
  input: Named & { label?: string; options?: readonly string[] },
): Promise<CustomField> {
  requireContactsAdmin(ctx.actor, input.orgId);
  const row = await lockField(ctx, input);
  const label = input.label === undefined ? row.label : labelOf(input.label);
  const options = input.options === undefined ? row.options : optionsOf(row.kind, input.options);
  const set = { label, options };
  await ctx.tx.update(customField).set(set).where(eq(customField.id, row.id));
  const before = { label: row.label, options: row.options };
  const subject = { id: row.id, name: label };
  await recordChange(ctx, { orgId: input.orgId, action: "field.changed", subject, before, after: set });
  return toField({ ...row, ...set });
}

/** Takes a field out of use, or back into it; its values stay. @throws AppError like `changeField` */
export async function archiveField(ctx: Context<Actor>, input: Named & { archived: boolean }): Promise<CustomField> {
  requireContactsAdmin(ctx.actor, input.orgId);
  const row = await lockField(ctx, input);
  const archivedAt = input.archived ? (row.archivedAt ?? ctx.now) : null;
  await ctx.tx.update(customField).set({ archivedAt }).where(eq(customField.id, row.id));
  const action = input.archived ? "field.archived" : "field.restored";
  await recordAudit(ctx, { orgId: input.orgId, action, subject: { id: row.id, name: row.label } });
  return toField({ ...row, archivedAt });
}

/** Moves a field one place up or down among those of its subject that are in use. @throws AppError like `changeField` */
export async function moveField(ctx: Context<Actor>, input: Named & { by: -1 | 1 }): Promise<void> {
  const { orgId, by } = input;
  requireContactsAdmin(ctx.actor, orgId);
  const row = await lockField(ctx, input);
  const ofSubject = and(
    eq(customField.orgId, orgId),
    eq(customField.subject, row.subject),
    isNull(customField.archivedAt),
  );
  // Two who move at once stand in line: all rows are locked in one order.
  await ctx.tx.select({ id: customField.id }).from(customField).where(ofSubject).orderBy(customField.id).for("update");
  const order = (await readFields(ctx, { orgId, subject: row.subject })).map(({ id }) => id);
  const place = await moveInOrder(ctx.tx, customField, order, { id: row.id, by });
  if (place === null) return;
  const subject = { id: row.id, name: row.label };
  await recordAudit(ctx, { orgId, action: "field.moved", subject, after: { position: place + 1 } });
}
