import { eq } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

/** The names that the organisation gave tags; tickets may have others. */
export async function tagsIn(tx: Tx, orgId: string): Promise<string[]> {
  const { tag } = schema;
  const rows = await tx.select({ name: tag.name }).from(tag).where(eq(tag.orgId, orgId)).orderBy(tag.name);
  return rows.map(({ name }) => name);
}
