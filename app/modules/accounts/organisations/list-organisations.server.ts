import { asc, gt, sql } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

type OrganisationSummary = {
  id: string;
  handle: string;
  name: string;
  members: number;
  suspendedAt: string | null;
  createdAt: string;
};

const PAGE = 1_000;

/** All organisations of the installation by id, which is by age, a page at a time; for the command line. */
export async function listOrganisations(ctx: Pick<Context, "tx">, after?: string): Promise<OrganisationSummary[]> {
  const { organisation } = schema;
  const members = sql<number>`(select count(*)::int from member m where m.org_id = organisation.id and m.removed_at is null)`;
  const rows = await ctx.tx
    .select({
      id: organisation.id,
      handle: organisation.handle,
      name: organisation.name,
      members,
      suspendedAt: organisation.suspendedAt,
      createdAt: organisation.createdAt,
    })
    .from(organisation)
    .where(after ? gt(organisation.id, after) : undefined)
    .orderBy(asc(organisation.id))
    .limit(PAGE);
  return rows.map((row) => ({
    ...row,
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }));
}
