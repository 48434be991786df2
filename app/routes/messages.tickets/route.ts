import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireActor } from "~/modules/accounts/index.server";
import { listTicketCards } from "~/modules/tickets/index.server";

/** What the cards of messages show to the reader. */
export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const ids = (new URL(request.url).searchParams.get("ids") ?? "").split(",").filter(Boolean);
  return Response.json({ cards: await listTicketCards(actor, ids) });
}
