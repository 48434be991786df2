import type { ActionFunctionArgs } from "@remix-run/node";
import { exportAudit, requireAdmin } from "~/modules/accounts/index.server";
import { formOf, requireIntent } from "~/platform/form-of.server";
import { isUuid } from "~/platform/ids";

/** The audit log as a CSV file, of what the page's filters left. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  requireIntent(await formOf(request), "export");
  const { searchParams } = new URL(request.url);
  const person = searchParams.get("person");
  const filter = { action: searchParams.get("action")?.slice(0, 80), memberId: isUuid(person) ? person : null };
  const stillAdmin = async () => (await requireAdmin(request)).actor;
  return new Response(await exportAudit(actor, membership.orgId, filter, stillAdmin), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="audit.csv"',
      "cache-control": "no-store",
    },
  });
}
