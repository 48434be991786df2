import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { LARGEST_NUMBER } from "~/modules/messaging";
import { markRead, requireReader } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

/** Moves the reader's pointer where no socket can be opened. */
export async function action({ request, params }: ActionFunctionArgs) {
  const id = params.id ?? "";
  const actor = await requireReader(request, id);
  const body = z
    .object({ seq: z.number().int().min(0).max(LARGEST_NUMBER) })
    .safeParse(await request.json().catch(() => null));
  if (!body.success) throw invalid("invalid_request");
  return Response.json({ seq: await markRead(actor, id, body.data.seq) });
}
