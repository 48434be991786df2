import { and, eq, isNotNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise, recordAudit, recordChange } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockFlow } from "../editing/find-flow.server";
import { savedBy } from "./saved-by.server";
import { checkFlowName, readStored } from "./stored-draft";

const { flow } = schema;

/** Gives a flow another name, in its draft too. @throws AppError `not_found`, `forbidden`; 422 `flow_name_invalid` */
export const renameFlow = (actor: Actor, orgId: string, flowId: string, name: string): Promise<void> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await lockFlow(ctx, orgId, flowId);
    const called = checkFlowName(name);
    if (called === row.name) return;
    await ctx.tx
      .update(flow)
      .set({
        name: called,
        draft: { ...readStored(row.draft), name: called },
        draftRevision: row.draftRevision + 1,
        updatedAt: ctx.now,
        ...savedBy(ctx, orgId),
      })
      .where(eq(flow.id, row.id));
    const subject = { id: row.id, name: called };
    await recordChange(ctx, {
      orgId,
      action: "flow.renamed",
      subject,
      before: { name: row.name },
      after: { name: called },
    });
  });

/**
 * Takes a flow out of use: channels that it answers on leave new tickets to people, runs under way go on.
 * @throws AppError `not_found`, `forbidden`
 */
export const archiveFlow = (actor: Actor, orgId: string, flowId: string): Promise<void> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await lockFlow(ctx, orgId, flowId);
    await ctx.tx.update(flow).set({ archivedAt: ctx.now }).where(eq(flow.id, row.id));
    await recordAudit(ctx, { orgId, action: "flow.archived", subject: row });
  });

/** Takes an archived flow back into use, on the channels that it had. @throws AppError `not_found`, `forbidden` */
export const restoreFlow = (actor: Actor, orgId: string, flowId: string): Promise<void> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const archived = and(eq(flow.orgId, orgId), eq(flow.id, flowId), isNotNull(flow.archivedAt));
    const [row] = isUuid(flowId) ? await ctx.tx.update(flow).set({ archivedAt: null }).where(archived).returning() : [];
    if (!row) throw notFound("flow");
    await recordAudit(ctx, { orgId, action: "flow.restored", subject: row });
  });
