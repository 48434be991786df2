import { and, count, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise, recordAudit } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { MOST_FLOWS } from "../drafts/add-flow.server";
import { readStored } from "../drafts/stored-draft";

const { flow } = schema;

/**
 * Keeps a flow that a program made, as a draft; what it names is left as it is, and the linter tells what is missing. With
 * `onceId` a repeat makes no second one.
 * @throws AppError `not_found`, `forbidden`; 422 `flow_unreadable`, `too_many_flows`
 */
export const takeFlow = (
  actor: Actor,
  orgId: string,
  input: { draft: unknown; onceId?: string },
): Promise<{ id: string; revision: number }> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const draft = readStored(input.draft);
    const id = input.onceId ?? newId();
    const [made] = await ctx.tx.select({ id: flow.id, revision: flow.draftRevision }).from(flow).where(eq(flow.id, id));
    if (made) return made;
    const [kept] = await ctx.tx
      .select({ flows: count() })
      .from(flow)
      .where(and(eq(flow.orgId, orgId), isNull(flow.archivedAt)));
    if ((kept?.flows ?? 0) >= MOST_FLOWS) throw invalid("too_many_flows", { most: MOST_FLOWS });
    const times = { createdAt: ctx.now, updatedAt: ctx.now };
    await ctx.tx.insert(flow).values({ id, orgId, name: draft.name, draft, ...times });
    await recordAudit(ctx, { orgId, action: "flow.created", subject: { id, name: draft.name } });
    return { id, revision: 1 };
  });
