import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { readFigures } from "~/modules/bots/index.server";

/** What happened at the nodes of a version over the last 30 days, for the canvas. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const versionId = new URL(request.url).searchParams.get("version");
  return Response.json(await readFigures(actor, membership.orgId, params.id ?? "", { versionId }));
}
