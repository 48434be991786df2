import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireActor } from "~/modules/accounts/index.server";
import { getReaders } from "~/modules/tickets/index.server";

/** Who has read a message. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  return Response.json(await getReaders(actor, params.id ?? ""));
}
