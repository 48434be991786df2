import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireActor, throttleMessages } from "~/modules/accounts/index.server";
import { forwardMessage, listForwardTargets } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const ids = z.array(z.string().max(36)).min(1).max(10);
const asked = z.object({ conversation_ids: ids, client_ids: ids });

/** Where messages can go to. */
export async function loader({ request }: LoaderFunctionArgs) {
  return Response.json({ targets: await listForwardTargets(await requireActor(request)) });
}

/** Passes a message on to other chats. Answers what came of it in each. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  const { conversation_ids: to, client_ids: keys } = body.data;
  await throttleMessages(actor.accountId, to.length);
  return Response.json({ results: await forwardMessage(actor, params.id ?? "", to, keys) });
}
