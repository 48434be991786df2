import type { Actor } from "~/modules/accounts";
import { lockAndAuthorise } from "~/modules/accounts/index.server";
import { conflict } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import type { PublishedVersion } from "./add-version.server";
import { lockFlow } from "./find-flow.server";
import { publishDraft } from "./publish-draft.server";

/**
 * Makes a flow's draft its next numbered version, which new runs take.
 * @param input.revision the draft that the person saw
 * @throws AppError `not_found`, `forbidden`; 409 `flow_changed` when the draft is another by now; 422 as `publishDraft`
 */
export const publishFlow = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: { revision: number; name?: string },
): Promise<PublishedVersion> =>
  transact(actor, { orgId }, async (ctx) => {
    await lockAndAuthorise(ctx, orgId, "flows.write");
    const row = await lockFlow(ctx, orgId, flowId);
    if (row.draftRevision !== input.revision) throw conflict("flow_changed", { revision: row.draftRevision });
    return publishDraft(ctx, row, input.name);
  });
