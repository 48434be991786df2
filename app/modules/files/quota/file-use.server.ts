import { eq } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

/** What an organisation's files may take together, null for no limit, and take: whole ones and all of those under way. In bytes. */
export type FileUse = { quota: number | null; used: number };

/** In a scope that sees the organisation. */
export async function readFileUse(tx: Tx, orgId: string): Promise<FileUse> {
  const { organisation, organisationFiles } = schema;
  const [row] = await tx
    .select({ quota: organisation.fileQuota, used: organisationFiles.bytes })
    .from(organisation)
    .leftJoin(organisationFiles, eq(organisationFiles.orgId, organisation.id))
    .where(eq(organisation.id, orgId));
  return { quota: row?.quota ?? null, used: row?.used ?? 0 };
}
