import { eq } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FlowRow } from "../editing/find-flow.server";

/** What a draft remembers of its last save. */
export const savedBy = ({ actor, now }: Pick<Context<Actor>, "actor" | "now">, orgId: string) => ({
  draftBy: membershipIn(actor, orgId)?.memberId ?? null,
  draftAt: now,
});

/** Who saved a draft last, by name, and when: null for what nobody kept. `own`: the actor, elsewhere. */
export type SavedLast = { by: string | null; own: boolean; at: string | null };

export async function savedLast(
  { tx, actor }: Pick<Context<Actor>, "tx" | "actor">,
  { orgId, draftBy, draftAt }: FlowRow,
): Promise<SavedLast> {
  const { account, member } = schema;
  const [row] =
    draftBy === null
      ? []
      : await tx
          .select({ name: account.name })
          .from(member)
          .innerJoin(account, eq(account.id, member.accountId))
          .where(eq(member.id, draftBy));
  const own = draftBy !== null && draftBy === membershipIn(actor, orgId)?.memberId;
  return { by: row?.name ?? null, own, at: draftAt?.toISOString() ?? null };
}
