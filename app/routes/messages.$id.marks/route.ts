import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireActor } from "~/modules/accounts/index.server";
import { markOwn } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const change = z.object({ starred: z.boolean().optional(), hidden: z.boolean().optional() });

/** Stars a message for the reader, takes it out of their sight, or undoes that. */
export async function action({ request, params }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const body = change.safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  return Response.json(await markOwn(actor, params.id ?? "", body.data));
}
