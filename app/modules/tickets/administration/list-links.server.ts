import { and, asc, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { getOrganisation } from "~/modules/accounts/index.server";
import { listChannelsWithHealth } from "~/modules/channels/index.server";
import { env } from "~/platform/env.server";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type ChatLink, linksOf } from "./links-of";

/** The addresses by which customers write, to publish or to print; the first is that of the whole chat. @throws AppError 404, 403 for agents */
export async function listLinks(actor: Actor, orgId: string): Promise<ChatLink[]> {
  const channels = await listChannelsWithHealth(actor, orgId);
  const { area } = schema;
  return transact(actor, { orgId }, async (ctx) => {
    const { handle } = await getOrganisation(ctx, orgId);
    const areas = await ctx.tx
      .select({ id: area.id, name: area.name })
      .from(area)
      .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)))
      .orderBy(asc(area.position), asc(area.createdAt), asc(area.id));
    return linksOf({ publicUrl: env().publicUrl, handle, areas, channels });
  });
}
