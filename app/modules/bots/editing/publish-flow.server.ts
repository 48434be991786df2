import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise } from "~/modules/accounts/index.server";
import { conflict } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { madeBefore, type PublishedVersion } from "./add-version.server";
import { lockFlow } from "./find-flow.server";
import { publishDraft } from "./publish-draft.server";

/**
 * Makes a flow's draft its next numbered version, which new runs take. With `onceId` a repeat makes no second one.
 * @param input.revision the draft that the person saw
 * @throws AppError `not_found`, `forbidden`; 409 `flow_changed` when the draft is another by now; 422 as `publishDraft`
 */
export const publishFlow = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: { revision: number; name?: string; onceId?: string },
): Promise<PublishedVersion> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await lockFlow(ctx, orgId, flowId);
    const made = await madeBefore(ctx, row, input.onceId);
    if (made) return made;
    if (row.draftRevision !== input.revision) throw conflict("flow_changed", { revision: row.draftRevision });
    return publishDraft(ctx, row, input.name, input.onceId);
  });
