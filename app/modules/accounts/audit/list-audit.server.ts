import { and, desc, eq, lt } from "drizzle-orm";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise } from "../policy";

const { auditEntry } = schema;

export type AuditEntry = typeof auditEntry.$inferSelect;

/**
 * The organisation's audit log, the newest first.
 * @throws AppError `not_found`, `forbidden`, `cursor_invalid`
 */
export async function listAudit(
  ctx: Context<Actor>,
  input: { orgId: string; action?: string | null; cursor?: string | null; limit: number },
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const { orgId, action, cursor, limit } = input;
  authorise(ctx.actor, orgId, "organisation.write");
  if (cursor && !isUuid(cursor)) throw invalid("cursor_invalid");
  const rows = await ctx.tx
    .select()
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.orgId, orgId),
        action ? eq(auditEntry.action, action) : undefined,
        cursor ? lt(auditEntry.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(auditEntry.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
