import { desc, eq, gte } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";

const MOST = 1_000;

/**
 * What people reported, the newest first, at most a thousand; for whoever runs the installation, and behind no door of a
 * browser's. Names as everywhere outside.
 */
export async function listReports(since: Date | null) {
  const { chatReport, conversation, account } = schema;
  const reporter = alias(account, "reporter");
  const about = alias(account, "about");
  const whose = <Table extends typeof reporter | typeof about>({ id, name, email }: Table) => ({ id, name, email });
  return asSystem("reports for whoever runs the installation", async (tx) => {
    const rows = await tx
      .select({
        report: chatReport,
        reporter: whose(reporter),
        about: whose(about),
        chat: { kind: conversation.kind, title: conversation.title },
      })
      .from(chatReport)
      .innerJoin(reporter, eq(reporter.id, chatReport.reporterId))
      .leftJoin(about, eq(about.id, chatReport.aboutId))
      .leftJoin(conversation, eq(conversation.id, chatReport.conversationId))
      .where(since ? gte(chatReport.createdAt, since) : undefined)
      .orderBy(desc(chatReport.createdAt), desc(chatReport.id))
      .limit(MOST);
    return rows.map(({ report, reporter, about, chat }) => ({
      id: report.id,
      created_at: report.createdAt,
      reason: report.reason,
      note: report.note,
      reporter,
      about,
      conversation: chat && { id: report.conversationId, ...chat },
      message_id: report.messageId,
      excerpt: report.excerpt,
    }));
  });
}
