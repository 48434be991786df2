import type { ActionFunctionArgs } from "@remix-run/node";
import { requireAdmin } from "~/modules/accounts/index.server";
import { exportTickets } from "~/modules/tickets/index.server";
import { formOf, requireIntent } from "~/platform/form-of.server";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" };

/** All tickets that the admin sees, as a file. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  requireIntent(await formOf(request), "export");
  const format = new URL(request.url).searchParams.get("format") === "jsonl" ? "jsonl" : "csv";
  const stillAdmin = async () => (await requireAdmin(request)).actor;
  return new Response(await exportTickets(actor, membership.orgId, format, stillAdmin), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="tickets.${format}"`,
      "cache-control": "no-store",
    },
  });
}
