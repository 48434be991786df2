import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { getOrganisation, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { changeScenario, deleteScenario, keepScenario, listScenarios } from "~/modules/bots/index.server";
import { invalid } from "~/platform/errors";

/** The scenarios of a flow, and what its texts may say of the organisation. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const scenarios = await listScenarios(actor, orgId, params.id ?? "");
  const { name, handle, timeZone, region } = await runAs(actor, orgId)((ctx) => getOrganisation(ctx, orgId));
  return Response.json({ scenarios, organisation: { org: { name, handle }, timeZone, region } });
}

const name = z.string().max(1_000);
const body = z.discriminatedUnion("intent", [
  z.strictObject({ intent: z.literal("keep"), name, script: z.unknown() }),
  z.strictObject({ intent: z.literal("rename"), id: z.string().max(100), name }),
  z.strictObject({ intent: z.literal("delete"), id: z.string().max(100) }),
]);

/** Keeps, renames or forgets a scenario. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const asked = body.safeParse(await request.json().catch(() => null));
  if (!asked.success) throw invalid("invalid_request");
  const at = [actor, membership.orgId, params.id ?? ""] as const;
  switch (asked.data.intent) {
    case "keep":
      return Response.json(await keepScenario(...at, { name: asked.data.name, script: asked.data.script }));
    case "rename":
      return Response.json(await changeScenario(...at, { id: asked.data.id, name: asked.data.name }));
    case "delete":
      await deleteScenario(...at, asked.data.id);
      return Response.json({});
  }
}
