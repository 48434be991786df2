import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { compileDraft } from "../compile/compile-draft.server";
import type { Flow } from "../flow";
import { lintFlow } from "../lint/lint-flow";
import { tryScenarios } from "../scenarios/scenarios-of.server";
import { addVersion, type PublishedVersion } from "./add-version.server";
import { draftSchema, readDraft } from "./draft";
import type { FlowRow } from "./find-flow.server";
import { readLintContext } from "./read-lint-context.server";

export const LONGEST_VERSION_NAME = 100;

/** The flow that a stored draft is. @throws AppError 422 `flow_has_problems` where it is no whole flow yet */
export function strictDraft(draft: unknown): Flow {
  const drawn = draftSchema.safeParse(draft);
  const read = drawn.success ? readDraft(drawn.data) : { ok: false as const, problems: [] };
  if (!read.ok) throw invalid("flow_has_problems", { incomplete: read.problems, problems: [], scenarios: [] });
  return read.flow;
}

/**
 * Makes the draft of a held flow its next version, unless something in it is wrong. The caller has the right to.
 * @param name what people call the version; may be empty
 * @param id of the version, for a call that may come again
 * @throws AppError 422 `flow_has_problems` with `incomplete` (what a draft lacks), `problems` (the linter's errors and
 *   warnings) and `scenarios` (what came of each); `version_name_invalid`
 */
export async function publishDraft(
  ctx: Context<Actor>,
  row: FlowRow,
  name = "",
  id?: string,
): Promise<PublishedVersion> {
  const called = name.replaceAll("\u0000", "").toWellFormed().trim();
  if (called.length > LONGEST_VERSION_NAME) throw invalid("version_name_invalid", { most: LONGEST_VERSION_NAME });
  const definition = strictDraft(row.draft);
  const problems = lintFlow(definition, await readLintContext(ctx, row.orgId, row.id));
  const wrong = problems.some(({ severity }) => severity === "error");
  if (wrong) throw invalid("flow_has_problems", { incomplete: [], problems, scenarios: [] });
  const running = await compileDraft(ctx, row, definition);
  const scenarios = await tryScenarios(ctx, row, running);
  if (scenarios.some(({ passed }) => !passed))
    throw invalid("flow_has_problems", { incomplete: [], problems, scenarios });
  const compiled = running === definition ? null : running;
  const published = await addVersion(ctx, row, { id, name: called, definition, compiled });
  const after = { number: published.number, ...(called && { name: called }) };
  await recordAudit(ctx, { orgId: row.orgId, action: "flow.published", subject: row, after });
  return published;
}
