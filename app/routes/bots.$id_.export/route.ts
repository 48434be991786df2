import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { exportFlow } from "~/modules/bots/index.server";

/** A flow's draft as a file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { name, draft } = await exportFlow(actor, membership.orgId, params.id ?? "");
  const plain =
    name
      .normalize("NFD")
      .replace(/[^\w -]/g, "")
      .trim() || "bot";
  return new Response(JSON.stringify(draft, null, 2), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${plain}.json"`,
      "Cache-Control": "no-store",
    },
  });
}
