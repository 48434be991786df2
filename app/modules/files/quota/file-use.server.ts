import { eq, sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

/** What an organisation's files may take together, null for no limit, and take: whole ones and all of those under way. In bytes. */
export type FileUse = { quota: number | null; used: number };

/** In a scope that sees the organisation. Null where there is none. */
export async function findQuota(tx: Tx, orgId: string): Promise<number | null> {
  const { organisation } = schema;
  const [row] = await tx.select({ quota: organisation.fileQuota }).from(organisation).where(eq(organisation.id, orgId));
  return row?.quota ?? null;
}

/** An upload counts with the length that it was begun with; with what came of it, as long as that is not known. */
export async function countUsed(tx: Tx, orgId: string): Promise<number> {
  const { file, upload } = schema;
  const bytes = sql<string>`coalesce(sum(${file.size}), 0)`;
  const coming = sql<string>`coalesce(sum(coalesce(${upload.size}, ${upload.received})), 0)`;
  const [whole] = await tx.select({ bytes }).from(file).where(eq(file.orgId, orgId));
  const [underWay] = await tx.select({ bytes: coming }).from(upload).where(eq(upload.orgId, orgId));
  return Number(whole?.bytes) + Number(underWay?.bytes);
}
