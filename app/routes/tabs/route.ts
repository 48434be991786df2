import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireActor } from "~/modules/accounts/index.server";
import { listOpened } from "~/modules/tickets/index.server";

/** How what somebody has open in tabs is now: ids separated by commas, of tickets and of chats. */
export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const params = new URL(request.url).searchParams;
  const ids = (name: string) => (params.get(name) ?? "").split(",");
  return Response.json(await listOpened(actor, { tickets: ids("tickets"), chats: ids("chats") }));
}
