import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise } from "~/modules/accounts/index.server";
import { conflict } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockFlow } from "../editing/find-flow.server";
import { savedBy, savedLast } from "./saved-by.server";
import { readStored } from "./stored-draft";

/**
 * Keeps what an editor drew, if it was drawn on the draft that is stored.
 * @param input.revision the draft that the editor began with
 * @returns the revision to go on with
 * @throws AppError `not_found`, `forbidden`; 409 `flow_changed` with the `revision` and the `draft` that are stored, and `SavedLast`
 * of it; 422 `flow_unreadable`
 */
export const saveDraft = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: { revision: number; draft: unknown },
): Promise<{ revision: number }> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await lockFlow(ctx, orgId, flowId);
    const draft = readStored(input.draft);
    // The answer to the same save may have been lost on its way.
    if (isDeepStrictEqual(readStored(row.draft), draft)) return { revision: row.draftRevision };
    if (row.draftRevision !== input.revision)
      throw conflict("flow_changed", { revision: row.draftRevision, draft: row.draft, ...(await savedLast(ctx, row)) });
    const revision = row.draftRevision + 1;
    await ctx.tx
      .update(schema.flow)
      .set({ draft, name: draft.name, draftRevision: revision, updatedAt: ctx.now, ...savedBy(ctx, orgId) })
      .where(eq(schema.flow.id, row.id));
    return { revision };
  });
