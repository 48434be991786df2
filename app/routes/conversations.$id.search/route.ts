import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { searchConversation } from "~/modules/search/index.server";
import { requireReader } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const asked = z.object({
  q: z.string(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The messages of an open conversation that hold some words, the newest first. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const id = params.id ?? "";
  const actor = await requireReader(request, id);
  const query = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) throw invalid("invalid_request");
  const { messages, marks, total, nextCursor } = await searchConversation(actor, id, query.data);
  return Response.json({ messages, marks, total, next_cursor: nextCursor });
}
