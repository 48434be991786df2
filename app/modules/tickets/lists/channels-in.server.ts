import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";

/** The channels on which an organisation is spoken to now, by name: what its members may choose among. */
export async function listChannelNames(actor: Actor, orgId: string) {
  requireMembership(actor, orgId, "tickets:read");
  const { channel } = schema;
  return inScope({ orgId }, (tx) =>
    tx
      .select({ id: channel.id, kind: channel.kind, name: channel.name })
      .from(channel)
      .where(and(eq(channel.orgId, orgId), isNull(channel.disabledAt)))
      .orderBy(channel.name),
  );
}
