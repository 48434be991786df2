import { and, count, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FieldKind } from "~db/schema/contacts";
import { requireContactsAdmin } from "../require-admin.server";
import type { CustomField } from "./field-values";
import { toField } from "./list-fields.server";

export type FieldDraft = {
  subject: CustomField["subject"];
  label: string;
  kind: FieldKind;
  /** Of a choice: what may be chosen. */
  options?: readonly string[];
};

const MOST_FIELDS = 50;
const MOST_OPTIONS = 100;

/** One line of text for people. @throws AppError `field_label_invalid` (422) */
export function labelOf(given: string): string {
  const label = given.replaceAll(/\s+/gu, " ").trim().toWellFormed();
  if (!label || label.length > 60 || /[\p{Cc}\p{Bidi_Control}]/u.test(label)) throw invalid("field_label_invalid");
  return label;
}

/** @throws AppError `field_options_invalid` (422) where a choice has none, or another kind has some */
export function optionsOf(kind: FieldKind, given: readonly string[] = []): string[] {
  const options = [...new Set(given.map((one) => one.replaceAll(/\s+/gu, " ").trim()).filter(Boolean))];
  const folded = new Set(options.map((one) => one.toLocaleLowerCase()));
  const fits = kind === "choice" ? options.length > 0 : options.length === 0;
  const short = options.length <= MOST_OPTIONS && options.every((one) => one.length <= 60);
  if (!fits || !short || folded.size < options.length) throw invalid("field_options_invalid");
  return options;
}

/** The name under which values are kept: the label's letters and digits. */
export function keyOf(label: string): string {
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return (/^[a-z]/.test(plain) ? plain : `field_${plain}`).slice(0, 40).replace(/_+$/, "");
}

/**
 * Adds a field to the organisation's contacts or tickets; `id` names it in advance: a repeat makes no second.
 * @throws AppError like `requireContactsAdmin`; `field_label_invalid`, `field_options_invalid`, `too_many_fields` (422)
 */
export async function createField(
  ctx: Context<Actor>,
  input: FieldDraft & { id?: string; orgId: string },
): Promise<CustomField> {
  const { orgId, subject, kind, id = newId() } = input;
  requireContactsAdmin(ctx.actor, orgId);
  const label = labelOf(input.label);
  const options = optionsOf(kind, input.options);
  const { customField } = schema;
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`fields:${orgId}`}, 0))`);
  const [known] = await ctx.tx
    .select()
    .from(customField)
    .where(and(eq(customField.orgId, orgId), eq(customField.id, id)));
  if (known) return toField(known);
  const all = and(eq(customField.orgId, orgId), eq(customField.subject, subject));
  const [there] = await ctx.tx.select({ n: count() }).from(customField).where(all);
  const n = there?.n ?? 0;
  if (n >= MOST_FIELDS) throw invalid("too_many_fields", { limit: MOST_FIELDS });
  const key = await freeKey(ctx, orgId, subject, keyOf(label));
  const [row] = await ctx.tx
    .insert(customField)
    .values({ id, orgId, subject, key, label, kind, options, position: n, createdAt: ctx.now })
    .returning();
  if (!row) throw new Error("insert returned nothing");
  await recordAudit(ctx, {
    orgId,
    action: "field.created",
    subject: { id: row.id, name: label },
    after: { subject, kind },
  });
  return toField(row);
}

async function freeKey(ctx: Context, orgId: string, subject: CustomField["subject"], wanted: string): Promise<string> {
  const { customField } = schema;
  const rows = await ctx.tx
    .select({ key: customField.key })
    .from(customField)
    .where(and(eq(customField.orgId, orgId), eq(customField.subject, subject)));
  const taken = new Set(rows.map(({ key }) => key));
  for (let n = 1; ; n++) {
    const key = n === 1 ? wanted : `${wanted}_${n}`;
    if (!taken.has(key)) return key;
  }
}
