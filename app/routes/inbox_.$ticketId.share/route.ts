import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireMember, throttleMessages } from "~/modules/accounts/index.server";
import { getTicket, listForwardTargets, shareTicket } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const ids = z.array(z.string().max(36)).min(1).max(10);
const asked = z.strictObject({ conversation_ids: ids, client_ids: ids, text: z.string().max(16_000).optional() });

/** The chats of the reader into which the ticket can go. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor } = await requireMember(request);
  await getTicket(actor, params.ticketId ?? "");
  const targets = await listForwardTargets(actor);
  return Response.json({ chats: targets.filter(({ isChat }) => isChat) });
}

/** Shows a ticket in chats. Answers what came of it in each. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { actor } = await requireMember(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  const { conversation_ids: conversationIds, client_ids: clientIds, text } = body.data;
  await throttleMessages(actor.accountId, conversationIds.length);
  const results = await shareTicket(actor, params.ticketId ?? "", { conversationIds, clientIds, text });
  return Response.json({ results });
}
