import { readFileSync } from "node:fs";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { type Flow, type LintProblem, lintFlow, lintRows, parseFlow } from "~/modules/bots";
import { createFlow, exportFlow, publishDraft, readLintContext, runScenarios } from "~/modules/bots/index.server";
import { asSystem } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Command, EXIT_CODE, named, organisationId, parseJson, UsageError } from "./command.server";

/** The flow in a file, or the problems that keep it from being one. */
function flowOf(path: string): Flow {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
  const parsed = parseFlow(parseJson(text, path));
  if (!parsed.ok) throw new UsageError(parsed.problems.map((p) => `${p.path}: ${p.message}`).join("\n"));
  return parsed.flow;
}

/** Publishes a flow, or says what keeps it from that. */
async function publishOrTell(ctx: Context<Actor>, flow: Awaited<ReturnType<typeof createFlow>>) {
  try {
    return await publishDraft(ctx, flow);
  } catch (error) {
    const { problems } = (error instanceof AppError && (error.data as { problems?: LintProblem[] })) || {};
    if (!problems) throw error;
    const lines = lintRows(problems).map(({ severity, node, message }) => `${severity} ${node ?? "flow"}: ${message}`);
    throw new UsageError(`the flow cannot be published\n${lines.join("\n")}`);
  }
}

/** The flow that two words name: the organisation's handle or id, the flow's id or name. */
async function flowNamed([org = "", flow = ""]: string[]): Promise<{ orgId: string; flowId: string }> {
  const orgId = await organisationId({ org });
  return { orgId, flowId: (await named(orgId, schema.flow, flow)) ?? "" };
}

export const FLOW_COMMANDS: Record<string, Command> = {
  "flow:lint": {
    flags: ["org"],
    words: ["file"],
    run: async (flags, [path]) => {
      const orgId = flags.org && (await organisationId(flags));
      const context = orgId
        ? await asSystem("lint a flow for an organisation", (tx) => readLintContext({ tx }, orgId, null))
        : {};
      const rows = lintRows(lintFlow(flowOf(path ?? ""), context));
      const failed = rows.some((row) => row.severity === "error");
      return Object.assign({ data: rows }, failed && { [EXIT_CODE]: 1 });
    },
  },
  "flow:import": {
    flags: ["org", "publish"],
    words: ["file"],
    run: async (flags, [path]) => {
      const orgId = await organisationId(flags);
      const draft = flowOf(path ?? "");
      return transactAsSystem(SYSTEM, "a flow from the command line", async (ctx) => {
        const flow = await createFlow(ctx, { orgId, draft });
        const version = flags.publish === undefined ? null : await publishOrTell(ctx, flow);
        return { id: flow.id, name: flow.name, version: version?.number ?? null };
      });
    },
  },
  "flow:export": {
    flags: [],
    words: ["org", "flow"],
    run: async (_, words) => {
      const { orgId, flowId } = await flowNamed(words);
      return (await exportFlow(SYSTEM, orgId, flowId)).draft;
    },
  },
  "flow:scenarios": {
    flags: [],
    words: ["org", "flow"],
    run: async (_, words) => {
      const { orgId, flowId } = await flowNamed(words);
      const results = await runScenarios(SYSTEM, orgId, flowId);
      return Object.assign({ data: results }, !results.every(({ passed }) => passed) && { [EXIT_CODE]: 1 });
    },
  },
};
