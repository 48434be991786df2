import { and, asc, desc, eq, lt } from "drizzle-orm";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise } from "../policy";
import { AUDIT_ACTIONS, type AuditAction } from "./audit-actions";

const { auditEntry } = schema;

export type AuditEntry = typeof auditEntry.$inferSelect;

export type AuditFilter = { action?: string | null; memberId?: string | null };

/**
 * The organisation's audit log, the newest first: of one action, of what one member did, or all.
 * @throws AppError `not_found`, `forbidden`, `cursor_invalid`
 */
export async function listAudit(
  ctx: Context<Actor>,
  input: AuditFilter & { orgId: string; cursor?: string | null; limit: number },
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const { orgId, action, memberId, cursor, limit } = input;
  authorise(ctx.actor, orgId, "audit.read");
  if (cursor && !isUuid(cursor)) throw invalid("cursor_invalid");
  const rows = await ctx.tx
    .select()
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.orgId, orgId),
        action ? eq(auditEntry.action, action) : undefined,
        memberId ? eq(auditEntry.actorId, memberId) : undefined,
        cursor ? lt(auditEntry.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(auditEntry.id))
    .limit(limit + 1);
  const entries = rows.slice(0, limit);
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** What the log can be filtered by: all that it may tell of, and who ever was a member. @throws AppError `not_found`, `forbidden` */
export async function auditChoices(
  ctx: Context<Actor>,
  orgId: string,
): Promise<{ actions: readonly AuditAction[]; people: { id: string; name: string }[] }> {
  authorise(ctx.actor, orgId, "audit.read");
  const { account, member } = schema;
  const people = await ctx.tx
    .select({ id: member.id, name: account.name })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(eq(member.orgId, orgId))
    .orderBy(asc(account.name), asc(member.id));
  return { actions: AUDIT_ACTIONS, people };
}
