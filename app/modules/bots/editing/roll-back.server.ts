import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise, recordAudit } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { savedBy } from "../drafts/saved-by.server";
import { parseFlow } from "../flow";
import { addVersion, madeBefore, type PublishedVersion } from "./add-version.server";
import { findVersion, lockFlow } from "./find-flow.server";

/**
 * Lets an earlier version of a flow run again, under a new number, just as it ran then; it becomes the draft too. It was
 * published once, so nothing is asked again: whoever goes back is in a hurry.
 * @throws AppError `not_found`, `forbidden`; 422 `flow_version_unreadable` when this product can no longer run it
 */
export const rollBack = (
  actor: Actor,
  orgId: string,
  flowId: string,
  versionId: string,
  onceId?: string,
): Promise<PublishedVersion> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await lockFlow(ctx, orgId, flowId);
    const made = await madeBefore(ctx, row, onceId);
    if (made) return made;
    const { number: from, name, definition, compiled } = await findVersion(ctx, row, versionId);
    const read = parseFlow(definition);
    if (!read.ok) throw invalid("flow_version_unreadable", { number: from });
    const draft = { ...read.flow, name: row.name };
    await ctx.tx
      .update(schema.flow)
      .set({ draft, draftRevision: row.draftRevision + 1, ...savedBy(ctx, orgId) })
      .where(eq(schema.flow.id, row.id));
    const published = await addVersion(ctx, row, { id: onceId, name, definition: draft, compiled });
    const after = { number: published.number, to: from };
    await recordAudit(ctx, { orgId, action: "flow.rolled_back", subject: row, after });
    return published;
  });
