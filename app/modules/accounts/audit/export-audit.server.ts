import { CSV_BEGIN, csvLine } from "~/platform/csv/csv-line";
import { lineStream } from "~/platform/csv/line-stream";
import { type Context, transact } from "~/platform/transact.server";
import type { AccountActor } from "../actor";
import { authorise } from "../policy";
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
 * The audit log as CSV, the newest first. That it was exported is its newest line.
 * @param stillAdmin who reads on; throws where they may no more (TA18)
 * @throws AppError `not_found`, `forbidden`
 */
export async function exportAudit(
  actor: AccountActor,
  orgId: string,
  filter: AuditFilter,
  stillAdmin: () => Promise<AccountActor>,
): Promise<ReadableStream<Uint8Array>> {
  const run = <T>(by: AccountActor, work: (ctx: Context<AccountActor>) => Promise<T>) =>
    transact(by, { orgId, accountId: by.accountId }, work);
  await run(actor, async (ctx) => {
    authorise(ctx.actor, orgId, "audit.read");
    await recordAudit(ctx, { orgId, action: "audit.exported" });
  });
  return lineStream(CSV_BEGIN + csvLine(COLUMNS), async (cursor) => {
    const page = await run(await stillAdmin(), (ctx) => listAudit(ctx, { orgId, ...filter, cursor, limit: AT_ONCE }));
    return { lines: page.entries.map(lineOf).join(""), next: page.nextCursor };
  });
}
