import { and, asc, gt, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { CSV_BEGIN, csvLine } from "~/platform/csv/csv-line";
import { lineStream } from "~/platform/csv/line-stream";
import { inScope } from "~/platform/db.server";
import { forbidden } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { visibleTo } from "../lists/visible-to.server";
import { readsFrom } from "../policy";
import { selectSummaries, toSummary } from "../reading/summarise.server";
import type { TicketSummary } from "../ticket-view";

export type ExportFormat = "csv" | "jsonl";

const AT_ONCE = 500;

const COLUMNS = [
  ...["id", "number", "state", "area", "assignee", "contact", "channel", "priority", "tags", "waiting_on"],
  ...["opened_at", "first_reply_at", "closed_at", "close_reason", "reopen_count", "rating"],
];

const rowOf = (one: TicketSummary) => [
  ...[one.id, one.number, one.state, one.area.name, one.assignee?.name ?? null, one.contact.name, one.channel.kind],
  ...[one.priority, one.tags.join(", "), one.waiting_on, one.opened_at, one.first_reply_at, one.closed_at],
  ...[one.close_reason, one.reopen_count, one.rating],
];

const asLine = (format: ExportFormat, one: TicketSummary): string => {
  if (format === "csv") return csvLine(rowOf(one));
  const { last_message: _words, ...rest } = one;
  return `${JSON.stringify(rest)}\n`;
};

const adminIn = (actor: AccountActor, orgId: string) => {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  if (membership.role !== "admin") throw forbidden();
  return membership;
};

/**
 * All tickets that an admin sees, as a file's lines in the order of their opening. Who exported is in the audit log before the
 * first line.
 * @param stillAdmin who reads on; throws where they may no more (TA18)
 * @throws AppError `not_found`, `forbidden`
 */
export async function exportTickets(
  actor: AccountActor,
  orgId: string,
  format: ExportFormat,
  stillAdmin: () => Promise<AccountActor>,
): Promise<ReadableStream<Uint8Array>> {
  adminIn(actor, orgId);
  await transact(actor, { orgId, accountId: actor.accountId }, (ctx) =>
    recordAudit(ctx, { orgId, action: "tickets.exported", after: { format } }),
  );
  return lineStream(format === "csv" ? CSV_BEGIN + csvLine(COLUMNS) : "", async (after) => {
    const membership = adminIn(await stillAdmin(), orgId);
    const page = await inScope({ orgId }, async (tx) => {
      const { ticket } = schema;
      const rest = after ? gt(ticket.id, sql`${after}::uuid`) : undefined;
      const rows = await selectSummaries(tx)
        .where(and(await visibleTo(tx, membership), rest))
        .orderBy(asc(ticket.id))
        .limit(AT_ONCE);
      return rows.map((row) => toSummary(row, readsFrom(membership, row)));
    });
    const next = page.length < AT_ONCE ? null : (page.at(-1)?.id ?? null);
    return { lines: page.map((one) => asLine(format, one)).join(""), next };
  });
}
