import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { LARGEST_NUMBER } from "~/modules/messaging";
import { listConversationChanges, requireReader } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const page = z.object({
  after: z.coerce.number().int().min(0).max(LARGEST_NUMBER),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});

/** What an open conversation missed. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const actor = await requireReader(request, id);
  const asked = page.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw invalid("invalid_request");
  return Response.json(await listConversationChanges(actor, id, asked.data));
}
