import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { listVersions, readVersion } from "~/modules/bots/index.server";
import { act } from "./act.server";

/** The versions of a flow, or one of them as it was drawn. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const [orgId, flowId] = [membership.orgId, params.id ?? ""];
  const version = new URL(request.url).searchParams.get("version");
  if (version !== null) return Response.json(await readVersion(actor, orgId, flowId, version));
  return Response.json({ versions: await listVersions(actor, orgId, flowId) });
}

/** Publishes the draft, or lets an earlier version run again. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const told: unknown = await request.json().catch(() => null);
  return Response.json(await act(actor, membership.orgId, params.id ?? "", told));
}
