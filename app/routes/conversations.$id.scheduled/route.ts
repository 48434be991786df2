import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { accountMessageCharges, requireActor, throttle } from "~/modules/accounts/index.server";
import { listScheduled, scheduleMessage } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

/** What the account will send to a conversation later. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return Response.json({ scheduled: await listScheduled(await requireActor(request), params.id ?? "") });
}

const later = z.object({
  client_id: z.uuid(),
  text: z.string(),
  attachments: z.array(z.uuid()).max(32).optional(),
  reply_to: z.uuid().nullish(),
  send_at: z.iso.datetime(),
});

/** Keeps a message for later. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const body = later.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  await throttle(accountMessageCharges(actor.accountId));
  const { client_id: clientId, text, attachments, reply_to: replyTo, send_at: sendAt } = body.data;
  const input = { conversationId: params.id ?? "", clientId, text, attachments, replyTo, sendAt: new Date(sendAt) };
  return Response.json(await scheduleMessage(actor, input));
}
