import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireMember } from "~/modules/accounts/index.server";
import { listSideThreads } from "~/modules/tickets/index.server";

/** The side threads of a ticket in which the reader takes part, as they are now. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor } = await requireMember(request);
  return Response.json({ threads: await listSideThreads(actor, params.ticketId ?? "") });
}
