import type { Context } from "~/platform/transact.server";
import type { Actor } from "../actor";
import type { AuditAction } from "./audit-actions";
import { changedFields } from "./changed-fields";
import { recordAudit } from "./record-audit.server";

type ChangeDraft = {
  orgId: string;
  action: AuditAction;
  subject: { id: string; name: string };
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

/** Writes what differs between two states into the audit log; nothing, and false, where nothing does. */
export async function recordChange(ctx: Context<Actor>, draft: ChangeDraft): Promise<boolean> {
  const changed = changedFields(draft.before, draft.after);
  if (!changed) return false;
  const { id, name } = draft.subject;
  await recordAudit(ctx, { orgId: draft.orgId, action: draft.action, subject: { id, name }, ...changed });
  return true;
}
