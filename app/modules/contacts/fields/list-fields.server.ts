import { and, asc, eq, isNull } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { CustomField } from "./field-values";

const { customField } = schema;
export type FieldRow = typeof customField.$inferSelect;

export const toField = ({ id, subject, key, label, kind, options, archivedAt }: FieldRow): CustomField => ({
  id,
  subject,
  key,
  label,
  kind,
  options,
  archived: archivedAt !== null,
});

type Asked = { orgId: string; subject?: CustomField["subject"]; archived?: boolean };

/** The fields that an organisation added, in their order; archived ones where they are asked for. */
export async function readFields(ctx: Pick<Context, "tx">, asked: Asked): Promise<CustomField[]> {
  const rows = await ctx.tx
    .select()
    .from(customField)
    .where(
      and(
        eq(customField.orgId, asked.orgId),
        asked.subject && eq(customField.subject, asked.subject),
        asked.archived ? undefined : isNull(customField.archivedAt),
      ),
    )
    .orderBy(asc(customField.subject), asc(customField.position), asc(customField.id));
  return rows.map(toField);
}

/** The same for whoever is a member. @throws AppError `not_found` */
export async function listFields(ctx: Context<Actor>, asked: Asked): Promise<CustomField[]> {
  if (!membershipIn(ctx.actor, asked.orgId)) throw notFound("organisation");
  return readFields(ctx, asked);
}
