import type { ActionFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { exportContacts } from "~/modules/tickets/index.server";
import { formOf, requireIntent } from "~/platform/form-of.server";

/** All contacts as CSV, for whoever is an admin while it is read. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  requireIntent(await formOf(request), "export");
  const body = await exportContacts(actor, membership.orgId, async () => (await requireAdmin(request)).actor);
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="contacts.csv"',
      "Cache-Control": "no-store",
    },
  });
}
