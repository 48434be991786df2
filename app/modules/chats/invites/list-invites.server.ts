import { and, desc, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { requireGroupRight } from "../people/require-group-right.server";
import { isAlive, isItsMaker } from "./open-invite.server";

export type GroupInvite = { id: string; madeBy: string; asks: boolean; createdAt: string; expiresAt: string | null };

/** A group's links that still let people in, the newest first. @throws AppError 404, 403 below an admin */
export async function listGroupInvites(actor: AccountActor, conversationId: string): Promise<GroupInvite[]> {
  return asSystem("the links into a group", async (tx, now) => {
    await requireGroupRight(tx, actor, conversationId, "invite");
    const { chatInvite, participant, account } = schema;
    const rows = await tx
      .select({ invite: chatInvite, madeBy: account.name })
      .from(chatInvite)
      .innerJoin(participant, isItsMaker)
      .innerJoin(account, eq(account.id, chatInvite.createdBy))
      .where(and(eq(chatInvite.conversationId, conversationId), isAlive(now)))
      .orderBy(desc(chatInvite.id));
    return rows.map(({ invite: { id, asks, createdAt, expiresAt }, madeBy }) => ({
      ...{ id, madeBy, asks },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    }));
  });
}
