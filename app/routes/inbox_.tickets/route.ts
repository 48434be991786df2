import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireMember } from "~/modules/accounts/index.server";
import { inboxFilterOf } from "~/modules/tickets";
import { listTickets } from "~/modules/tickets/index.server";

const PAGE = 60;

/** The next page of an inbox's list. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const params = new URL(request.url).searchParams;
  const page = { cursor: params.get("cursor"), limit: PAGE };
  return Response.json(await listTickets(actor, membership.orgId, inboxFilterOf(params), page));
}
