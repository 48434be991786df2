import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireActor } from "~/modules/accounts/index.server";
import { getSharedTicket } from "~/modules/tickets/index.server";
import { RouteError } from "~/ui/state/route-error";

/** To the ticket that a message shows; nowhere for who may not see it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const { id } = await getSharedTicket(actor, params.id ?? "");
  return redirect(`/inbox/${id}`);
}

/** Nothing to see here: the loader leads on, or says that there is nothing. */
export default function SharedTicket() {
  return null;
}

export function ErrorBoundary() {
  return <RouteError page />;
}
