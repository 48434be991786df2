import type { Actor } from "~/modules/accounts";
import { transact } from "~/platform/transact.server";
import { readStored } from "../drafts/stored-draft";
import { type LintProblem, lintFlow } from "../lint/lint-flow";
import { type Draft, type DraftProblem, readDraft } from "./draft";
import { type FlowRow, findFlow } from "./find-flow.server";
import { readLintContext } from "./read-lint-context.server";

export type FlowRead = {
  id: string;
  name: string;
  draft: Draft;
  revision: number;
  publishedVersionId: string | null;
  createdAt: string;
  updatedAt: string;
};

/** What keeps a draft from being published: what it lacks, else what the linter finds. */
export type FlowProblems = { incomplete: DraftProblem[]; problems: LintProblem[] };

const view = (row: FlowRow): FlowRead => ({
  ...{ id: row.id, name: row.name, draft: readStored(row.draft), revision: row.draftRevision },
  publishedVersionId: row.publishedVersionId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** A flow with its draft. @throws AppError `not_found`, `forbidden`; 422 `flow_unreadable` */
export const readFlow = (actor: Actor, orgId: string, flowId: string): Promise<FlowRead> =>
  transact(actor, { orgId }, async (ctx) => view(await findFlow(ctx, orgId, flowId)));

/** What is wrong with a flow's draft. @throws AppError `not_found`, `forbidden`; 422 `flow_unreadable` */
export const checkFlow = (actor: Actor, orgId: string, flowId: string): Promise<FlowProblems> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    const read = readDraft(readStored(row.draft));
    if (!read.ok) return { incomplete: read.problems, problems: [] };
    return { incomplete: [], problems: lintFlow(read.flow, await readLintContext(ctx, orgId, row.id)) };
  });
