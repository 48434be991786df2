import { and, eq, isNull, ne } from "drizzle-orm";
import { conflict } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { MemberRow } from "./find-member.server";

/**
 * Refuses to take the last admin away. The caller holds the organisation's row, so that two admins who leave at the same
 * moment are asked one after the other.
 * @throws AppError `last_admin` (409)
 */
export async function keepAnAdmin(ctx: Pick<Context, "tx">, leaving: MemberRow): Promise<void> {
  const { member } = schema;
  if (leaving.role !== "admin") return;
  const others = await ctx.tx.$count(
    member,
    and(eq(member.orgId, leaving.orgId), eq(member.role, "admin"), isNull(member.removedAt), ne(member.id, leaving.id)),
  );
  if (others === 0) throw conflict("last_admin");
}
