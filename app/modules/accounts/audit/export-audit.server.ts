import { csvLine } from "~/platform/csv/csv-line";
import { type Context, transact } from "~/platform/transact.server";
import type { AccountActor } from "../actor";
import { type AuditEntry, type AuditFilter, listAudit } from "./list-audit.server";
import { recordAudit } from "./record-audit.server";

const AT_ONCE = 500;
const COLUMNS = ["at", "actor_kind", "actor", "action", "subject", "before", "after"];

const json = (value: unknown) => (value ? JSON.stringify(value) : null);
const lineOf = (one: AuditEntry) =>
  csvLine([
    ...[one.createdAt.toISOString(), one.actorKind, one.actorName, one.action, one.subjectName],
    ...[json(one.before), json(one.after)],
  ]);

/**
 * The audit log as CSV, the newest first, read in pieces as fast as they are taken. That it was exported is its newest line.
 * @throws AppError `not_found`, `forbidden`
 */
export async function exportAudit(
  actor: AccountActor,
  orgId: string,
  filter: AuditFilter,
): Promise<ReadableStream<Uint8Array>> {
  const run = <T>(work: (ctx: Context<AccountActor>) => Promise<T>) =>
    transact(actor, { orgId, accountId: actor.accountId }, work);
  const page = (ctx: Context<AccountActor>, cursor: string | null) =>
    listAudit(ctx, { orgId, ...filter, cursor, limit: AT_ONCE });
  let next: Awaited<ReturnType<typeof listAudit>> | null = await run(async (ctx) => {
    const first = await page(ctx, null);
    await recordAudit(ctx, { orgId, action: "audit.exported" });
    return first;
  });
  let head = csvLine(COLUMNS);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const current = next ?? { entries: [], nextCursor: null };
      controller.enqueue(encoder.encode(head + current.entries.map(lineOf).join("")));
      head = "";
      const { nextCursor } = current;
      if (!nextCursor) return controller.close();
      next = await run((ctx) => page(ctx, nextCursor));
    },
  });
}
