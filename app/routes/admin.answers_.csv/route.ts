import type { ActionFunctionArgs } from "@remix-run/node";
import { requireAdmin, runAs } from "~/modules/accounts/index.server";
import { exportAnswers } from "~/modules/bots/index.server";
import { formOf, requireIntent } from "~/platform/form-of.server";

/** All answers that bots know, as CSV. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  requireIntent(await formOf(request), "export");
  const body = await runAs(actor, membership.orgId)((ctx) => exportAnswers(ctx, membership.orgId));
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="answers.csv"',
      "Cache-Control": "no-store",
    },
  });
}
