import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { accountMessageCharges, requireActor, throttle } from "~/modules/accounts/index.server";
import { toMessage } from "~/modules/messaging/index.server";
import { pin } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

/** Keeps a message at the head of its conversation, or no more. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const body = z.object({ on: z.boolean() }).safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  await throttle(accountMessageCharges(actor.accountId));
  return Response.json({ message: toMessage(await pin(actor, params.id ?? "", body.data.on)) });
}
