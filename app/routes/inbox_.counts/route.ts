import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireMember } from "~/modules/accounts/index.server";
import { countTickets } from "~/modules/tickets/index.server";

/** How many tickets each of the inbox's views holds now. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  return Response.json(await countTickets(actor, membership.orgId));
}
