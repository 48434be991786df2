import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireMember } from "~/modules/accounts/index.server";
import { explainTicket } from "~/modules/bots/index.server";

/** Why the bots of a ticket said what they said. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireMember(request);
  const asked = new URL(request.url).searchParams.get("org") ?? membership.orgId;
  return Response.json(await explainTicket(actor, asked, params.ticketId ?? ""));
}
