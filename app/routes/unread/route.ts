import type { LoaderFunctionArgs } from "@remix-run/node";
import { activeMembership, requireActor } from "~/modules/accounts/index.server";
import { countUnread } from "~/modules/tickets/index.server";

/** In how many chats, and in how many of one's own tickets, there is something to read. */
export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  return Response.json(await countUnread(actor, activeMembership(request, actor)?.orgId ?? null));
}
