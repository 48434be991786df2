import { and, desc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { requireContactsAdmin } from "~/modules/contacts/index.server";
import { csvLine } from "~/platform/csv/csv-line";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";

const { contactImport } = schema;

/** The last imports and tries, the newest first. @throws AppError 403 to agents */
export function listImports(actor: Actor, orgId: string) {
  requireContactsAdmin(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const rows = await tx
      .select()
      .from(contactImport)
      .where(and(eq(contactImport.orgId, orgId), eq(contactImport.dryRun, false)))
      .orderBy(desc(contactImport.id))
      .limit(20);
    return rows.map(({ id, byName, fileName, lines, created, updated, problems, createdAt }) => ({
      ...{ id, by: byName, file: fileName, lines, created, updated },
      problems: problems.length,
      at: createdAt.toISOString(),
    }));
  });
}

/** The wrong lines of an import as CSV. @throws AppError 403 to agents, 404 */
export function importReport(actor: Actor, orgId: string, id: string): Promise<string> {
  requireContactsAdmin(actor, orgId, "contacts:read");
  return inScope({ orgId }, async (tx) => {
    const mine = and(eq(contactImport.orgId, orgId), eq(contactImport.id, id));
    const [row] = isUuid(id) ? await tx.select().from(contactImport).where(mine) : [];
    if (!row) throw notFound("import");
    const lines = row.problems.map(({ line, column, code, value }) =>
      csvLine([String(line), column ?? "", code, value]),
    );
    return csvLine(["line", "column", "reason", "value"]) + lines.join("");
  });
}
