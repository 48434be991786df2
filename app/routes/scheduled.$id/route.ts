import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { accountMessageCharges, requireActor, throttle } from "~/modules/accounts/index.server";
import { toMessage } from "~/modules/messaging/index.server";
import { cancelScheduled, changeScheduled, sendScheduledNow } from "~/modules/tickets/index.server";
import { AppError, invalid } from "~/platform/errors";

/** Nothing to see: what waits is read with its conversation. */
export async function loader({ request }: LoaderFunctionArgs) {
  await requireActor(request);
  throw notAllowed();
}

const notAllowed = () => new AppError("method_not_allowed", 405);

const changed = z.object({ text: z.string().optional(), send_at: z.iso.datetime().optional() });

/** A message that waits: PATCH changes it, DELETE takes it back, POST sends it at once. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const id = params.id ?? "";
  if (request.method === "DELETE") return Response.json(await cancelScheduled(actor, id));
  if (request.method === "PATCH") {
    const body = changed.safeParse(await request.json().catch(() => null));
    if (!body.success) throw invalid("invalid_request");
    const { text, send_at: at } = body.data;
    return Response.json(await changeScheduled(actor, id, { text, ...(at && { sendAt: new Date(at) }) }));
  }
  if (request.method !== "POST") throw notAllowed();
  await throttle(accountMessageCharges(actor.accountId));
  return Response.json({ message: toMessage(await sendScheduledNow(actor, id)) });
}
