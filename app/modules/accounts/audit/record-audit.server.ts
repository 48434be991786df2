import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Actor, membershipIn } from "../actor";
import type { AuditAction } from "./audit-actions";

export type AuditDraft = {
  orgId: string;
  action: AuditAction;
  subject?: { id: string | null; name: string };
  /** What was changed, without secrets: they are never written here. */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
};

/**
 * Writes a line of the organisation's audit log within the transaction that it tells of. Nobody changes or removes one: the
 * database refuses it (TK4).
 */
export async function recordAudit(ctx: Context<Actor>, draft: AuditDraft): Promise<void> {
  const { actor } = ctx;
  const person = actor.kind === "account" ? actor : null;
  await ctx.tx.insert(schema.auditEntry).values({
    id: newId(),
    orgId: draft.orgId,
    actorKind: person ? (person.token ? "token" : "member") : "system",
    actorId: membershipIn(actor, draft.orgId)?.memberId ?? null,
    actorName: person?.name ?? "",
    action: draft.action,
    subjectId: draft.subject?.id ?? null,
    subjectName: draft.subject?.name ?? "",
    before: draft.before ?? null,
    after: draft.after ?? null,
    createdAt: ctx.now,
  });
}
